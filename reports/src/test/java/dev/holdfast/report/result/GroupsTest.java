package dev.holdfast.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private static final String PING = "heartbeat/ping-is-answered";

  @Test
  void casesOfAClauseThatSawTheSameAreOneGroup() {
    Finding lead = must(PING, PING).violated("close 1002 ping");
    List<Group> groups =
        groups(
            must(PING, PING + "/fifty").violated("close 1002 ping"),
            lead,
            must(PING, PING + "/empty").violated("nothing more"));

    assertEquals(
        List.of(PING + ":close-1002-ping", PING + ":nothing"),
        groups.stream().map(Group::id).toList());
    assertSame(lead, groups.getFirst().lead());
    assertEquals(2, groups.getFirst().same().size());
  }

  @Test
  void theIdHoldsNothingOfTheRun() {
    String frame = "{\"type\":\"error\",\"data\":{\"code\":\"%s\"},\"session_id\":\"hf-%s\"}";

    assertEquals(
        Group.idOf(must("a", "a").violated(frame.formatted("busy", "5gwmob"))),
        Group.idOf(must("a", "a").took(9).violated(frame.formatted("busy", "7xy"))));
  }

  @Test
  void whatWasPlayedOnResumeConnectionsBelongsToTheCoreGroup() {
    List<Group> groups =
        groups(
            must("a/b", "a/b/in-resume").profile("resume").violated("close 1002 ping"),
            must("a/b", "a/b").violated("close 1002 ping"));

    assertEquals(1, groups.size());
    assertEquals("a/b", groups.getFirst().lead().address());
  }

  @Test
  void warningsAboutTheSameInputFollowFromSilence() {
    List<Group> groups =
        groups(
            must("envelope/never-deaf", "envelope/never-deaf/array").violated("neither"),
            must("envelope/never-deaf", "envelope/never-deaf/null").violated("neither"),
            should("envelope/not-an-object", "envelope/not-an-object/array").violated("nothing"),
            should("envelope/other", "envelope/other/number").violated("nothing"),
            should("envelope/coded", "envelope/coded/null").violated("close 1002 null"));

    assertEquals(
        List.of(
            "envelope/never-deaf:nothing",
            "envelope/other:nothing",
            "envelope/coded:close-1002-null"),
        groups.stream().map(Group::id).toList());
    assertEquals(1, groups.getFirst().follow().size());
  }

  @Test
  void silenceOfTwoMustsStaysTwoGroups() {
    assertEquals(
        2,
        groups(must("a", "a/array").violated("neither"), must("b", "b/array").violated("neither"))
            .size());
  }

  @Test
  void theSameSpecificAnswerToOtherClausesFollows() {
    List<Group> groups =
        groups(
            must(PING, PING).violated("close 1002 ping"),
            should("words/a", "words/a").violated("close 1002 ping"),
            must("words/b", "words/b").inconclusive("expected a pong, saw close 1002 ping"),
            must("words/c", "words/c").inconclusive("expected a pong, saw nothing"),
            should("words/d", "words/d").violated("close 1002 pong"));

    assertEquals(2, groups.size());
    assertEquals(
        List.of("words/a", "words/b"),
        groups.getFirst().follow().stream().map(Finding::address).toList());
  }

  @Test
  void oneErrorCodeWithOtherWordsIsAnotherCause() {
    String error = "{\"type\":\"error\",\"data\":{\"error\":\"%s\",\"code\":\"invalid_json\"}}";

    assertEquals(
        2,
        groups(
                must("a", "a").violated(error.formatted("malformed at column 1")),
                must("b", "b").violated(error.formatted("malformed at column 2")),
                must("c", "c").violated(error.formatted("malformed at column 1")))
            .size());
  }

  @Test
  void failuresComeFirstThenWhatUsersSufferThenClausesThatNeverHeld() {
    List<Group> groups =
        groups(
            should("queue/a", "queue/a").violated("x"),
            must("words/b", "words/b").violated("x"),
            must("envelope/never-deaf", "envelope/never-deaf/array").violated("neither"),
            must("envelope/never-deaf", "envelope/never-deaf/null").pass(),
            must("envelope/unknown-fields-are-ignored", "envelope/unknown-fields-are-ignored")
                .violated("nothing"));

    assertEquals(
        List.of("envelope/unknown-fields-are-ignored", "envelope/never-deaf", "words/b", "queue/a"),
        groups.stream().map(g -> g.lead().clause()).toList());
  }

  @Test
  void whatIsKnownOrPassedIsInNoGroup() {
    Finding known = must("a", "a").violated("x").knownBecause("later");

    assertTrue(groups(known, must("b", "b").pass(), must("c", "c").inconclusive("x")).isEmpty());
  }

  private static List<Group> groups(Finding... findings) {
    return Groups.of(List.of(findings)).all();
  }

  private static FindingBuilder must(String clause, String address) {
    return Finding.about(Stage.CONFORMANCE, address, "Something holds.").clause(clause);
  }

  private static FindingBuilder should(String clause, String address) {
    return must(clause, address).level(Level.SHOULD);
  }
}
