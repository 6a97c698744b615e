package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.report.result.Blame;
import dev.holdfast.scenarios.blame.Accounts;
import dev.holdfast.scenarios.chaos.LinkJournal;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checker.Judged;
import dev.holdfast.scenarios.check.Checker.Truth;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Plays invented stories one after the other and has each judged by every checker. */
public final class Swarm {
  private final Function<ClientConfig, ClientStep> client;
  private final Function<ServerConfig, ServerStep> server;
  private final Repertoire repertoire = new Repertoire();
  private final Coverage coverage = new Coverage();
  private final List<Checker> checkers = Checkers.all();
  private final long[] held = new long[checkers.size()];
  private final long[] unknown = new long[checkers.size()];
  private long stories;
  private long frames;
  private long virtualNanos;
  private long faults;
  private final List<Long> thin = new ArrayList<>();

  private Swarm(
      Function<ClientConfig, ClientStep> client, Function<ServerConfig, ServerStep> server) {
    this.client = client;
    this.server = server;
  }

  /** The reference on both sides. */
  public static Swarm reference() {
    return new Swarm(ClientMachine::new, SessionMachine::new);
  }

  /** Other cores: broken twins. */
  public static Swarm of(
      Function<ClientConfig, ClientStep> client, Function<ServerConfig, ServerStep> server) {
    return new Swarm(client, server);
  }

  /**
   * A judge's objection.
   *
   * @param checker which one, or {@code crash} where a core threw
   */
  public record Violation(long seed, String checker, String evidence) {}

  /**
   * How a story went.
   *
   * @param violation null where nobody objects
   * @param frames how many were handed to the network
   */
  public record Outcome(@Nullable Violation violation, long frames) {}

  /** Plays one story; null where nobody objects. */
  public @Nullable Violation play(Story story) {
    return play(story, List.of()).violation();
  }

  /** Plays one story with its connections cut at these frames. */
  public Outcome play(Story story, List<Cut> cuts) {
    EventChronicle chronicle = new EventChronicle();
    StoryRun run = new StoryRun(story, client, server, repertoire, chronicle, coverage);
    try {
      run.cutting(cuts).play();
    } catch (RuntimeException e) {
      String where = e + " at " + e.getStackTrace()[0];
      return new Outcome(new Violation(story.seed(), "crash", where), run.frames());
    }
    return new Outcome(concluded(story, chronicle, run), run.frames());
  }

  private @Nullable Violation concluded(Story story, EventChronicle chronicle, StoryRun run) {
    stories++;
    frames += run.frames();
    virtualNanos += run.nanos();
    faults += run.faultsThatStruck();
    if (run.frames() < StoryRun.FEWEST_FRAMES || run.faultsThatStruck() == 0) {
      thin.add(story.seed());
    }
    return judged(story, History.of(chronicle.events(), run.terms(), run.calm()));
  }

  /** Everybody's records of one story, on the world's own clock. */
  public List<Moment> moments(Story story) {
    TraceChronicle chronicle = new TraceChronicle();
    StoryRun run = new StoryRun(story, client, server, repertoire, chronicle, null);
    try {
      StoryRun unused = run.play();
    } catch (RuntimeException e) {
      chronicle.crashed(e, run.nanos());
    }
    return chronicle.moments();
  }

  /** The whole trace of one story, a history record a line; the same story, the same bytes. */
  public List<String> trace(Story story) {
    TraceChronicle chronicle = new TraceChronicle();
    List<String> lines = new ArrayList<>();
    lines.add("{\"story\":" + story.seed() + "}");
    try {
      new StoryRun(story, client, server, repertoire, chronicle, null).play();
    } catch (RuntimeException e) {
      lines.add("{\"crash\":\"" + e.getClass().getSimpleName() + "\"}");
    }
    chronicle.records().forEach(r -> lines.add(HistoryCodec.write(r)));
    return lines;
  }

  private @Nullable Violation judged(Story story, History history) {
    for (int i = 0; i < checkers.size(); i++) {
      Checker checker = checkers.get(i);
      Judged judged = checker.judge(history);
      boolean told = judged.truth() == Truth.TRUE || judged.truth() == Truth.FALSE;
      (told ? held : unknown)[i]++;
      if (judged.truth() == Truth.FALSE) {
        return new Violation(story.seed(), checker.name(), judged.evidence());
      }
    }
    return null;
  }

  /**
   * How many stories a judge could say anything of.
   *
   * @param told those of which it said that its rule holds, or does not
   */
  public record Say(String checker, long told, long unknown) {}

  /** What each judge had to say; who never knows has judged nothing. */
  public List<Say> says() {
    List<Say> says = new ArrayList<>();
    for (int i = 0; i < checkers.size(); i++) {
      says.add(new Say(checkers.get(i).name(), held[i], unknown[i]));
    }
    return says;
  }

  /** Whose doing it is that a story is objected to; null where nobody objects. */
  public @Nullable Blame blame(Story story) {
    EventChronicle events = new EventChronicle();
    TraceChronicle trace = new TraceChronicle();
    LinkJournal link = new LinkJournal("link");
    try {
      StoryRun run = new StoryRun(story, client, server, repertoire, events, null).play();
      History history = History.of(events.events(), run.terms(), run.calm());
      StoryRun again = new StoryRun(story, client, server, repertoire, trace, null);
      again
          .watched((on, up, text) ->
              link.passed(on.serverName(), up, text, again.nanos(), Instant.EPOCH))
          .play();
      List<HistoryRecord> records = new ArrayList<>(link.records());
      trace.moments().stream()
          .filter(m -> m.record().source() != HistoryRecord.Source.SERVER)
          .forEach(m -> records.add(m.record().at(m.worldNanos())));
      return Accounts.blame(history, records, trace.log());
    } catch (RuntimeException e) {
      return null;
    }
  }

  public Coverage coverage() {
    return coverage;
  }

  public long stories() {
    return stories;
  }

  /** How many frames went through the codec, both ways. */
  public long frames() {
    return frames;
  }

  public double virtualHours() {
    return virtualNanos / 3.6e12;
  }

  public long faults() {
    return faults;
  }

  /** The seeds of stories that stayed under 100 frames or in which no fault struck. */
  public List<Long> thinStories() {
    return List.copyOf(thin);
  }
}
