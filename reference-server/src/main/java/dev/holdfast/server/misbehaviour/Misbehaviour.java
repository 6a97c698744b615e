package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.server.ServerStep;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One way to be a wrong server: a wrapper round the machine of a session.
 *
 * <p>To add one, write it as a small file of this package and give it a line in {@link #ALL}. A
 * wrapper is made for each session, so it may remember things.
 *
 * @param name its address on the command line
 * @param sentence what such a server does
 */
public record Misbehaviour(String name, String sentence, UnaryOperator<ServerStep> wrapper) {

  private static final Map<String, Misbehaviour> ALL =
      table(
          // greeting and takeover
          is("no-greeting", "Never sends the greeting.", Greetings::none),
          is("speaks-before-greeting", "Sends a status before the greeting.", Greetings::late),
          is(
              "late-close-unregisters-newer",
              "The end of an old connection unregisters the newer one of its session.",
              Takeovers::lateCloseUnregistersNewer),
          is(
              "keeps-older-connection",
              "Never closes a superseded connection.",
              Takeovers::keepsOlder),
          // answers
          is("never-answers", "Runs never end: terminal frames are dropped.", Answers::never),
          is("two-terminals", "Sends each terminal frame twice.", Answers::twice),
          is("empty-answers", "Terminal messages carry no content.", Answers::empty),
          is(
              "ignores-while-busy",
              "Drops messages that arrive during a run.",
              Answers::ignoresWhileBusy),
          is("newest-first", "Answers the later of two waiting messages first.", NewestFirst::new),
          is("tool-after-terminal", "A tool ends after its run did.", ToolAfterTerminal::new),
          // heartbeat
          is("swallows-pongs", "Never answers a ping.", Pongs::swallowed),
          is(
              "pong-behind-run",
              "Answers pings only after the run in progress.",
              PongBehindRun::new),
          is("pong-without-reply-to", "Pongs do not name their ping.", Pongs::nameless),
          is("deaf-to-heartbeat", "Closes 4000 on its third ping.", Pongs::closesOnThird),
          // frames
          is(
              "deaf-after-bad-frame",
              "Reads nothing more after a bad frame.",
              DeafAfterBadFrame::new),
          is("dies-of-bad-frame", "A bad frame brings its whole session down.", Frames::bursts),
          is("unreadable-timestamps", "Timestamps are words.", Frames::unreadableTimestamps),
          // retention and resume
          is(
              "drops-queue",
              "Drops the frames that were made while no client was connected.",
              Replays::dropped),
          is("reorders-replay", "Replays the newest frame first.", Replays::reversed),
          is("replays-twice", "Replays each frame twice.", Replays::doubled),
          is("skips-a-position", "Loses each fifth positioned frame.", SkipsAPosition::new),
          is("forgets-ids", "Runs a message again when its id comes again.", ForgetsIds::new),
          is("accepts-any-token", "Lets everybody into a session.", Resumes::acceptsAnyToken),
          is(
              "acks-too-much",
              "Acknowledges one position that it has not seen.",
              Resumes::acksTooMuch),
          is("never-acks", "Acknowledges nothing.", Resumes::neverAcks),
          is("no-caught-up", "Never tells that a replay is over.", Resumes::noCaughtUp),
          // tokens
          is("loses-a-delta", "Loses each third piece of an answer.", LosesADelta::new),
          // going away
          is("says-done-on-drain", "Closes drained connections with 1000.", Closes::doneOnDrain),
          is("silent-drain", "Closes for a drain without announcing it.", Closes::unannounced));

  public static List<Misbehaviour> all() {
    return ALL.values().stream().sorted(Comparator.comparing(Misbehaviour::name)).toList();
  }

  /**
   * The wrapper of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static UnaryOperator<ServerStep> named(String name) {
    Misbehaviour found = ALL.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "no misbehaviour is named '" + name + "'; there are " + String.join(", ", ALL.keySet()));
    }
    return found.wrapper();
  }

  private static Misbehaviour is(String name, String sentence, UnaryOperator<ServerStep> wrapper) {
    return new Misbehaviour(name, sentence, wrapper);
  }

  private static Map<String, Misbehaviour> table(Misbehaviour... rows) {
    Map<String, Misbehaviour> table = new TreeMap<>();
    Stream.of(rows).forEach(row -> table.put(row.name(), row));
    return table;
  }
}
