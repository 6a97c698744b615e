package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.scenarios.model.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which repeats of an answer are one too many, and which a server may send. */
class SurplusTerminalsTest {
  private static final String FIRST = "2026-03-01T09:00:01.120Z";
  private static final String LATER = "2026-03-01T09:00:02.345Z";

  private final List<TraceLine> lines = new ArrayList<>();

  private void says(String connection, String id) {
    String text = "{\"type\":\"message\",\"data\":{\"content\":\"a\"},\"id\":\"" + id + "\"}";
    lines.add(new TraceLine(0, connection, Direction.SENT, text));
  }

  private void gets(String connection, String more) {
    String text = "{\"type\":\"message\",\"data\":{\"content\":\"b\"}" + more + "}";
    lines.add(new TraceLine(0, connection, Direction.RECEIVED, text));
  }

  private static String at(String timestamp) {
    return ",\"timestamp\":\"" + timestamp + "\"";
  }

  private static String to(String id) {
    return ",\"reply_to\":\"" + id + "\"";
  }

  private int found() {
    return SurplusTerminals.in("a/case", lines, Dialect.NONE, Set.of("c9")).size();
  }

  @Test
  void twoAnswersThatNameOneMessageAreOneTooMany() {
    says("c1", "m1");
    gets("c1", to("m1") + at(FIRST));
    gets("c1", to("m1") + at(LATER));
    assertEquals(1, found());
  }

  @Test
  void theSameAnswerTwiceIsOneTooMany() {
    says("c1", "m1");
    gets("c1", at(FIRST));
    says("c2", "m2");
    gets("c2", at(LATER));
    gets("c2", at(LATER));
    assertEquals(1, found());
  }

  @Test
  void aLaterConnectionMayGetItAgain() {
    says("c1", "m1");
    gets("c1", to("m1") + at(FIRST));
    gets("c2", to("m1") + at(FIRST));
    gets("c3", at(FIRST));
    assertEquals(0, found());
  }

  @Test
  void aMessageSaidAgainMayEndAgain() {
    says("c1", "m1");
    gets("c1", to("m1") + at(FIRST));
    says("c2", "m1");
    gets("c2", to("m1") + at(FIRST));
    gets("c2", to("m1") + at(FIRST));
    assertEquals(0, found());
  }

  @Test
  void equalAnswersInOneMillisecondMayBeToTwoMessages() {
    says("c1", "m1");
    says("c1", "m2");
    gets("c1", at(FIRST));
    gets("c1", at(FIRST));
    assertEquals(0, found());
  }

  @Test
  void withoutMillisecondsARepeatCannotBeToldFromANewAnswer() {
    says("c1", "m1");
    gets("c1", at("2026-03-01T09:00:01Z"));
    says("c2", "m2");
    gets("c2", at("2026-03-01T09:00:01Z"));
    gets("c2", at("2026-03-01T09:00:01Z"));
    gets("c2", at("2026-03-01T09:00:01.000Z"));
    gets("c2", at("2026-03-01T09:00:01.000Z"));
    gets("c2", "");
    gets("c2", "");
    assertEquals(0, found());
  }

  @Test
  void markedReplaysAndConnectionsInResumeAreNotLookedAt() {
    says("c1", "m1");
    gets("c1", to("m1") + at(FIRST));
    gets("c1", to("m1") + at(FIRST) + ",\"replay\":true");
    gets("c9", to("m1") + at(FIRST));
    gets("c9", to("m1") + at(FIRST));
    assertEquals(0, found());
  }

  @Test
  void whatIsSaidOverHttpIsNotCounted() {
    lines.add(new TraceLine(0, "http", Direction.EVENT, "POST /api/chat"));
    says("c1", "m1");
    gets("c1", to("m1") + at(FIRST));
    gets("c1", to("m1") + at(FIRST));
    assertEquals(0, found());
  }
}
