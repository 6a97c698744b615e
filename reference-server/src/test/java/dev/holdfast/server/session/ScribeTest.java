package dev.holdfast.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.server.audit.AuditSink;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each wish is told in a line: who wished, and how it went. */
class ScribeTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final List<Integer> writes = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Scribe scribe = new Scribe(channel.eventLoop(), unless("unwritable"));

  private AuditSink unless(String event) {
    return events -> {
      writes.add(events.size());
      if (events.contains(AuditEvent.of(event))) {
        throw new IOException("full");
      }
    };
  }

  private void wish(String event) {
    scribe.write(
        List.of(AuditEvent.of(event)),
        why -> told.add(event + " " + (why == null ? "written" : why.getMessage())));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void thoseAtWorkTogetherShareOneWriteAndHearOfItLater() {
    wish("a");
    wish("b");
    assertEquals(List.of(), told);
    channel.runPendingTasks();
    assertEquals(List.of(2), writes);
    assertEquals(List.of("a written", "b written"), told);
  }

  @Test
  void whatIsWishedAfterAWriteHasTheNext() {
    wish("a");
    channel.runPendingTasks();
    wish("b");
    channel.runPendingTasks();
    assertEquals(List.of(1, 1), writes);
    assertEquals(List.of("a written", "b written"), told);
  }

  @Test
  void anEntryThatCannotBeWrittenIsNoOthersTrouble() {
    wish("a");
    wish("unwritable");
    wish("b");
    channel.runPendingTasks();
    assertEquals(List.of("a written", "unwritable full", "b written"), told);
  }

  @Test
  void whoFailsAtTheAnswerKeepsNobodyFromHearing() {
    scribe.write(
        List.of(AuditEvent.of("a")),
        why -> {
          throw new IllegalStateException("a session that fails");
        });
    wish("b");
    channel.runPendingTasks();
    assertThrows(IllegalStateException.class, channel::checkException);
    channel.runPendingTasks();
    assertEquals(List.of("b written"), told);
  }

  @Test
  void aCrowdIsWrittenInPortions() {
    for (int i = 0; i < 150; i++) {
      wish("e" + i);
    }
    channel.runPendingTasks();
    assertEquals(List.of(64, 64, 22), writes);
    assertEquals(150, told.size());
  }
}
