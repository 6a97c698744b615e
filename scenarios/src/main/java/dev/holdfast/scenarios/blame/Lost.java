package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Blame for a message of which nothing came: how far did it get, and who had it last? */
final class Lost {
  /** Whoever has a sound connection for so long could have used it. */
  private static final double IDLE_MS = 1_500;

  /** Reasons of a reset behind which the runs of before go on. */
  private static final Set<String> KEEPS_RUNS = Set.of("overflow", "expired");

  /** Codes that hold nothing against anybody. */
  private static final Set<Long> PEACEFUL =
      Set.of(
          0L,
          (long) CloseCode.NORMAL,
          (long) CloseCode.GOING_AWAY,
          (long) CloseCode.ABNORMAL,
          (long) CloseCode.SERVICE_RESTART,
          1013L,
          (long) CloseCode.HEARTBEAT,
          (long) CloseCode.DRAIN,
          (long) CloseCode.SUPERSEDED);

  private final Testimony t;
  private final Profile profile;

  Lost(Testimony testimony, Profile profile) {
    t = testimony;
    this.profile = profile;
  }

  @Nullable Blame blame() {
    Set<String> settled = new HashSet<>();
    t.all(Testimony::settled).forEach(r -> settled.add(String.valueOf(r.text("id"))));
    for (HistoryRecord said : t.all(Testimony::said)) {
      String id = said.text("id");
      if (id != null && !settled.contains(id)) {
        return of(said, id);
      }
    }
    return null;
  }

  private @Nullable Blame of(HistoryRecord said, String id) {
    if (!t.linkWatched()) {
      return null;
    }
    HistoryRecord up = t.last(r -> Testimony.fromClient(r) && id.equals(r.text("id")));
    if (up == null) {
      Blame undecided = posted(id) ? null : t.undecidedByFullLink();
      return posted(id) || undecided != null ? undecided : neverSent(said, id);
    }
    HistoryRecord reset = resetBehind(said, up);
    if (reset != null) {
      return blame(
          Culprit.CLIENT,
          "its session began anew at "
              + Math.round(t.ms(reset))
              + " ms, and it never told its person what became of "
              + id,
          List.of(said, up, reset));
    }
    HistoryRecord end =
        t.first(r ->
            Testimony.fromServer(r)
                && r.data().containsKey("ends")
                && Testimony.isOf(r, said.process())
                && id.equals(r.text("reply_to")));
    return end == null ? neverAnswered(said, up, id) : neverHeard(said, up, end, id);
  }

  /** The server said that it knows nothing of what came before; what is not resent is settled. */
  private @Nullable HistoryRecord resetBehind(HistoryRecord said, HistoryRecord up) {
    return t.first(r ->
        Testimony.fromServer(r)
            && "reset".equals(r.text("outcome"))
            && !KEEPS_RUNS.contains(String.valueOf(r.text("reason")))
            && t.ms(r) > t.ms(up)
            && said.process().equals(r.text(Causes.PERSON)));
  }

  /** What went by HTTP passed no link that anybody watched. */
  private boolean posted(String id) {
    return t.first(
            r -> r.source() == Source.CLIENT && r.op().equals("post") && id.equals(r.text("id")))
        != null;
  }

  private Blame neverSent(HistoryRecord said, String id) {
    String person = said.process();
    HistoryRecord closed =
        t.last(r -> Testimony.state(r, "closed") && r.process().equals(person) && isFinal(r));
    HistoryRecord state = t.last(r -> shown(r) && r.process().equals(person));
    boolean gaveUp = state != null && state.op().equals("disconnected");
    if (gaveUp && closed != null) {
      return blame(
          Culprit.SERVER,
          "it closed " + person + "'s connection for good while " + id + " was still to be sent",
          List.of(said, closed));
    }
    double idleFrom = Math.max(t.ms(said), Math.max(t.healedMs(), state == null ? 0 : t.ms(state)));
    boolean connected = state != null && state.op().equals("connected");
    if (connected && t.endMs() - idleFrom > IDLE_MS) {
      return blame(
          Culprit.CLIENT,
          id
              + " was said and accepted, and in "
              + Math.round(t.endMs() - idleFrom)
              + " ms of a sound connection it was never sent",
          List.of(said, state));
    }
    HistoryRecord parted = t.last(r -> parts(r) && r.process().equals(person));
    if (gaveUp && parted != null && accuses(parted)) {
      String half = parted.op().equals("left") ? "client hung up on" : "server turned away";
      return blame(
          Culprit.UNDECIDABLE,
          "one half accuses the other, and no journal tells whether rightly: the "
              + half
              + " its peer with "
              + parted.number("code", 0),
          List.of(said, parted, state));
    }
    if (gaveUp) {
      return blame(
          Culprit.CLIENT,
          "it gave up and did not try again, though a try would have reached the server from "
              + Math.round(t.healedMs())
              + " ms on; "
              + id
              + " still waits",
          with(Blames.tail(t.all(r -> shown(r) && r.process().equals(person))), said));
    }
    return blame(
        Culprit.NETWORK,
        "the link was not well again before the story was over; " + id + " still waits",
        with(t.all(Testimony::fault), said));
  }

  private static boolean shown(HistoryRecord r) {
    return Testimony.state(r, "connected")
        || Testimony.state(r, "connecting")
        || Testimony.state(r, "reconnecting")
        || Testimony.state(r, "disconnected");
  }

  private static boolean parts(HistoryRecord r) {
    return Testimony.state(r, "left") || Testimony.state(r, "closed");
  }

  /** A close by which one half says that the other broke the protocol. */
  private static boolean accuses(HistoryRecord r) {
    return !PEACEFUL.contains(r.number("code", 0));
  }

  /** A close that tells a client to stay away. */
  private static boolean isFinal(HistoryRecord r) {
    long code = r.number("code", 0);
    return code == 1000 || (code >= 4200 && code < 4300);
  }

  private Blame neverAnswered(HistoryRecord said, HistoryRecord up, String id) {
    HistoryRecord taken = taken(said, up, id);
    HistoryRecord accepted = t.journalled(AuditEvent.MESSAGE_ACCEPTED, id);
    HistoryRecord ended = t.journalled(AuditEvent.RUN_ENDED, id);
    HistoryRecord lastWord = t.last(Testimony::fromServer);
    List<HistoryRecord> shown = new ArrayList<>(List.of(said, up));
    shown.addAll(t.all(r -> Testimony.fault(r) || Testimony.state(r, "connected")));
    for (HistoryRecord r : new HistoryRecord[] {taken, accepted, ended, lastWord}) {
      if (r != null) {
        shown.add(r);
      }
    }
    Blame undecided = t.undecidedByFullLink();
    boolean byItsOwnWord = accepted != null && ended == null;
    if (undecided != null && !byItsOwnWord) {
      return undecided;
    }
    HistoryRecord proof = taken == null ? accepted : taken;
    if (proof != null) {
      return unfinished(id, proof, ended, shown);
    }
    if (!t.faulty(t.ms(up), t.ms(up) + IDLE_MS)) {
      return blame(
          Culprit.SERVER,
          id + " reached it while nothing was wrong, and nothing was ever said to it",
          shown);
    }
    return t.serverWatched(said.session())
        ? notOnRecord(said, up, id, shown)
        : blame(
            profile == Profile.CORE ? Culprit.NETWORK : Culprit.UNDECIDABLE,
            id
                + " was sent while the network was faulty, and nothing shows that it arrived"
                + (profile == Profile.CORE
                    ? "; core promises no more"
                    : "; a server's journal would"),
            shown);
  }

  /** What shows on the link that the server had it: it names it, or its position. */
  private @Nullable HistoryRecord taken(HistoryRecord said, HistoryRecord up, String id) {
    long seq = up.number("seq", -1);
    return t.first(r ->
        Testimony.fromServer(r)
            && t.ms(r) >= t.ms(up)
            && Testimony.isOf(r, said.process())
            && (id.equals(r.text("reply_to")) || (seq > 0 && r.number("ack", -1) >= seq)));
  }

  private Blame unfinished(
      String id, HistoryRecord taken, @Nullable HistoryRecord ended, List<HistoryRecord> shown) {
    return blame(
        Culprit.SERVER,
        "it took "
            + id
            + " ("
            + t.line(taken)
            + ")"
            + (ended == null ? "" : ", its own journal has the run's end,")
            + " and its end never left it"
            + (t.faults().isEmpty()
                ? ""
                : ", nor when the client was back: what happens while no client is connected must"
                    + " wait and be replayed"),
        shown);
  }

  /** The server's own journal has nothing of it: was it ever sent where it could have arrived? */
  private Blame notOnRecord(
      HistoryRecord said, HistoryRecord up, String id, List<HistoryRecord> shown) {
    HistoryRecord back =
        t.last(r -> shown(r) && r.process().equals(said.process()) && t.ms(r) > t.ms(up));
    double idleFrom = back == null ? t.endMs() : Math.max(t.healedMs(), t.ms(back));
    boolean couldSendAgain = t.endMs() - idleFrom > IDLE_MS;
    if (profile == Profile.RESUME
        && back != null
        && back.op().equals("connected")
        && couldSendAgain) {
      return blame(
          Culprit.CLIENT,
          id
              + " was lost on its way up, the server's journal has nothing of it, and in "
              + Math.round(t.endMs() - idleFrom)
              + " ms of a sound connection it was not sent again",
          with(shown, back));
    }
    return blame(
        Culprit.NETWORK,
        id
            + " was sent while the network was faulty, and the server's journal has nothing of it"
            + (profile == Profile.CORE ? "; core promises no more" : ""),
        shown);
  }

  private Blame neverHeard(HistoryRecord said, HistoryRecord up, HistoryRecord end, String id) {
    HistoryRecord heard =
        t.first(r ->
            r.process().equals(said.process())
                && r.kind() == Kind.FRAME
                && "in".equals(r.text("direction"))
                && id.equals(r.text("reply_to"))
                && (r.op().equals("message") || r.op().equals("error"))
                && t.ms(r) >= t.ms(end));
    HistoryRecord namesake = heard == null ? null : earlierEndOf(heard);
    if (heard != null && namesake != null) {
      return blame(
          Culprit.SERVER,
          "it gave the run of "
              + id
              + " the run_id "
              + heard.text("run_id")
              + ", which an earlier run had: a client shows the end of a run once",
          List.of(up, namesake, heard));
    }
    if (heard != null) {
      return blame(
          Culprit.CLIENT,
          "the end of " + id + " arrived, and its person was never told",
          List.of(up, end, heard));
    }
    HistoryRecord back =
        t.first(r ->
            Testimony.state(r, "connected")
                && r.process().equals(said.process())
                && t.ms(r) > t.ms(end));
    if (profile == Profile.RESUME && back != null) {
      return blame(
          Culprit.SERVER,
          "the end of "
              + id
              + " was lost with its connection and did not come again after the"
              + " resume",
          List.of(up, end, back));
    }
    return blame(
        Culprit.NETWORK,
        "the end of " + id + " left the server and was lost on the way",
        with(t.all(Testimony::fault), end));
  }

  /** An end that came earlier to the same client, of another message, with the same run_id. */
  private @Nullable HistoryRecord earlierEndOf(HistoryRecord heard) {
    String run = heard.text("run_id");
    String message = String.valueOf(heard.text("reply_to"));
    return run == null
        ? null
        : t.first(r ->
            r.process().equals(heard.process())
                && r.kind() == Kind.FRAME
                && "in".equals(r.text("direction"))
                && run.equals(r.text("run_id"))
                && r.text("reply_to") != null
                && !message.equals(r.text("reply_to"))
                && (r.op().equals("message") || r.op().equals("error"))
                && t.ms(r) <= t.ms(heard));
  }

  private static List<HistoryRecord> with(List<HistoryRecord> some, HistoryRecord one) {
    List<HistoryRecord> all = new ArrayList<>(some);
    all.add(one);
    return all;
  }

  private Blame blame(Culprit culprit, String why, List<HistoryRecord> evidence) {
    return new Blame(culprit, why, t.lines(evidence));
  }
}
