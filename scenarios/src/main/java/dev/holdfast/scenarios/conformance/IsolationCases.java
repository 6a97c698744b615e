package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Section isolation: what one session does is no other's concern, nor that of /health. */
final class IsolationCases {
  /** Of each family of bad frames the one that has felled most servers. */
  private static final Set<String> FELLING =
      Set.of(
          "words",
          "empty",
          "long-garbage",
          "deep-arrays",
          "null",
          "type-null",
          "data-text",
          "binary",
          "bad-utf8",
          "reserved-opcode",
          "not-masked",
          "long-ping");

  static final List<Case> ALL = all();

  private IsolationCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>();
    for (BadFrame bad : BadFrame.ALL) {
      if (FELLING.contains(bad.name())) {
        cases.add(
            one(
                "isolation/bad-peer-harms-no-other-session",
                bad.name(),
                "One receive loop, or one lock, serves everybody.",
                b -> others(b, bad::send)));
        cases.add(
            one(
                "isolation/health-answers-throughout",
                bad.name(),
                "An error that nobody catches ends the thread, or the process, that serves all.",
                b -> healthy(b, bad::send),
                Need.HTTP));
      }
    }
    for (Ending ending : Ending.values()) {
      cases.add(
          one(
              "isolation/dying-connection-harms-no-other-session",
              ending.word(),
              "A failed write to a dead socket stops the loop that serves everybody.",
              b ->
                  others(
                      b,
                      dying -> {
                        dying.says(b.plain());
                        dying.ends(ending);
                      })));
    }
    cases.add(
        one(
            "isolation/dying-connection-harms-no-other-session",
            "twenty-at-once",
            "Each dead connection costs a thread, or a lock, until a timeout.",
            IsolationCases::manyDie));
    cases.add(
        one(
            "isolation/dying-connection-harms-no-other-session",
            "half-a-handshake",
            "A handshake that never ends holds the loop that accepts.",
            b ->
                others(
                    b,
                    dying -> {
                      dying.sendsRaw(() -> dying.peer().raw(new byte[] {(byte) 0x81}));
                      dying.ends(Ending.FIN);
                    })));
    cases.add(
        Case.of(
            "isolation/health-answers-throughout",
            "The agent's work blocks the thread that answers HTTP.",
            IsolationCases::healthInARun,
            Need.HTTP,
            Need.SLOW_ANSWER));
    cases.add(
        Case.of(
            "isolation/frames-stay-in-their-session",
            "Frames are broadcast, or sessions share a variable.",
            IsolationCases::noCrossTalk));
    cases.add(
        one(
            "isolation/frames-stay-in-their-session",
            "similar-ids",
            "Sessions are looked up by a prefix, or without regard to case.",
            IsolationCases::similarIds));
    return List.copyOf(cases);
  }

  /** Something that a peer does to its own connection. */
  private interface Misdeed {
    void by(Talk talk) throws Finds, InterruptedException;
  }

  /** One who was there before and one who comes after are served, while and after it happens. */
  private static void others(Bench b, Misdeed misdeed) throws Finds, InterruptedException {
    Talk good = b.connect();
    Talk bad = b.connect();
    good.says(b.plain());
    misdeed.by(bad);
    good.answer();
    answered(b, good);
    answered(b, b.connect());
  }

  private static void answered(Bench b, Talk talk) throws Finds, InterruptedException {
    talk.says(b.plain());
    talk.answer();
  }

  private static void healthy(Bench b, Misdeed misdeed) throws Finds, InterruptedException {
    Talk bad = b.connect();
    health(b);
    misdeed.by(bad);
    health(b);
    b.pause(b.pace().aftermathMs() / 3);
    health(b);
  }

  private static void health(Bench b) throws Finds, InterruptedException {
    int status = b.http().get("/health").statusCode();
    if (status != 200) {
      throw new Mismatch("GET /health to answer 200", "HTTP " + status);
    }
  }

  private static void manyDie(Bench b) throws Finds, InterruptedException {
    Talk good = b.connect();
    for (int i = 0; i < 20; i++) {
      Talk dying = b.connect();
      dying.says(b.plain());
      dying.cut();
    }
    answered(b, good);
    answered(b, b.connect());
  }

  private static void healthInARun(Bench b) throws Finds, InterruptedException {
    Talk busy = b.connect();
    health(b);
    busy.says(b.slow());
    long before = b.log().nowMs();
    health(b);
    long took = b.log().nowMs() - before;
    if (took > 1_000) {
      throw new Mismatch("/health to answer within 1 s", "it took " + took + " ms");
    }
  }

  private static void noCrossTalk(Bench b) throws Finds, InterruptedException {
    Talk ana = b.connect();
    Talk ben = b.connect();
    ana.sends(Json.frame("message", "content", b.plain()).put("id", "for-ana"));
    ana.terminal();
    ben.quiet("frame of another session", Event.Text::isOfRun);
  }

  private static void similarIds(Bench b) throws Finds, InterruptedException {
    String session = b.session() + "-aB";
    Talk ana = b.connect(session);
    Talk shorter = b.connect(session.substring(0, session.length() - 1));
    Talk otherCase = b.connect(session.substring(0, session.length() - 2) + "Ab");
    ana.says(b.plain());
    ana.terminal();
    shorter.quiet("frame of another session", Event.Text::isOfRun);
    otherCase.quiet("frame of another session", Event.Text::isOfRun);
  }
}
