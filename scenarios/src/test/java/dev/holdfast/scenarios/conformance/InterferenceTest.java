package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What fails beside other cases is played again alone before it counts, unless it counts at once.
 */
class InterferenceTest {
  private static final Pace PACE = new Pace(2_000, 50, 8, false);
  private static final String CLAUSE = "conversation/greets-first";

  private ReferenceServer server;

  @BeforeEach
  void starts() throws Exception {
    server = ReferenceServer.start(ServerOptions.builder().build());
  }

  @AfterEach
  void ends() {
    server.close();
  }

  private List<Finding> played(Case... cases) throws InterruptedException {
    Target target = Target.scripted(URI.create(server.wsUrl()), null, Profile.CORE);
    return new ServerCheck(target, Progress.SILENT, "holdfast check server", 3, PACE)
        .trustingTheMachine()
        .play(List.of(cases), f -> {});
  }

  private static Case judging(String word, Draft.Judgement<Bench, Talk> judgement) {
    return Case.one(CLAUSE, word, "").given(Situations.GREETED).then(judgement);
  }

  private static final Case PASSES = judging("passes", (b, talk) -> {});

  @Test
  void anAbsenceThatIsGoneAloneIsAWarningOfItsOwn() throws Exception {
    AtomicInteger plays = new AtomicInteger();
    Case once =
        judging(
            "once",
            (b, talk) -> {
              if (plays.incrementAndGet() == 1) {
                throw Mismatch.absence("an answer", "nothing");
              }
            });
    Finding finding = played(once, PASSES).get(0);
    assertEquals(Verdict.WARN, finding.verdict());
    assertTrue(String.valueOf(finding.seen()).startsWith("only beside other cases"));
    assertEquals(2, plays.get());
  }

  @Test
  void anAbsenceThatComesAgainAloneFails() throws Exception {
    AtomicInteger plays = new AtomicInteger();
    Case always =
        judging(
            "always",
            (b, talk) -> {
              plays.incrementAndGet();
              throw Mismatch.absence("an answer", "nothing");
            });
    assertEquals(Verdict.FAIL, played(always, PASSES).get(0).verdict());
    assertEquals(2, plays.get());
  }

  @Test
  void aGroupIsPlayedAgainOnce() throws Exception {
    AtomicInteger plays = new AtomicInteger();
    Draft.Judgement<Bench, Talk> absent =
        (b, talk) -> {
          plays.incrementAndGet();
          throw Mismatch.absence("an answer", "nothing");
        };
    List<Finding> findings = played(judging("one", absent), judging("two", absent), PASSES);
    assertEquals(Verdict.FAIL, findings.get(0).verdict());
    assertEquals(Verdict.FAIL, findings.get(1).verdict());
    assertEquals(3, plays.get());
  }

  @Test
  void whatCameAndMustNotComeCountsAtOnce() throws Exception {
    AtomicInteger plays = new AtomicInteger();
    Case wrong =
        judging(
            "wrong",
            (b, talk) -> {
              plays.incrementAndGet();
              throw new Mismatch("this session's data", "another session's");
            });
    assertEquals(Verdict.FAIL, played(wrong, PASSES).get(0).verdict());
    assertEquals(1, plays.get());
  }

  @Test
  void aCasePlayedAloneIsNotPlayedAgain() throws Exception {
    AtomicInteger plays = new AtomicInteger();
    Case alone =
        judging(
            "alone",
            (b, talk) -> {
              plays.incrementAndGet();
              throw Mismatch.absence("an answer", "nothing");
            });
    assertEquals(Verdict.FAIL, played(alone).get(0).verdict());
    assertEquals(1, plays.get());
  }

  @Test
  void aPremiseThatDoesNotComeAboutIsInconclusive() throws Exception {
    Case never =
        Case.one(CLAUSE, "never", "")
            .given(
                "something that never arises",
                b -> {
                  throw new Mismatch("a replay", "no frame");
                })
            .then((b, nothing) -> {});
    Finding finding = played(never).get(0);
    assertEquals(Verdict.INCONCLUSIVE, finding.verdict());
    assertTrue(String.valueOf(finding.seen()).contains("something that never arises"));
  }
}
