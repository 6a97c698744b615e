package dev.holdfast.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.protocol.testing.PatientWaits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Instant DAY_ONE = Instant.parse("2026-03-01T23:59:59Z");
  private static final Instant DAY_TWO = Instant.parse("2026-03-02T00:00:01Z");

  @TempDir private Path directory;
  private Instant now = DAY_ONE;

  private AuditLog open() throws IOException {
    InstantSource clock = () -> now;
    return AuditLog.open(directory, clock);
  }

  private static List<AuditEvent> event(String session) {
    return List.of(AuditEvent.of(AuditEvent.CONNECT).with(AuditField.SESSION_ID, session));
  }

  private Path file(String day) {
    return directory.resolve("actions_" + day + ".jsonl");
  }

  private AuditVerifier.Verdict verdict() throws IOException {
    return AuditVerifier.verify(List.of(directory));
  }

  private AuditVerifier.Verdict.Broken broken() throws IOException {
    return assertInstanceOf(AuditVerifier.Verdict.Broken.class, verdict());
  }

  private void writeEntries(int count) throws IOException {
    try (AuditLog log = open()) {
      for (int i = 1; i <= count; i++) {
        log.append(event("s-" + i));
      }
    }
  }

  @Test
  void theChainGoesOnOverDaysAndRestarts() throws IOException {
    writeEntries(2);
    AuditHead head;
    try (AuditLog log = open()) {
      log.append(event("s-3"));
      now = DAY_TWO;
      log.append(event("s-4"));
      head = log.head();
    }
    assertEquals(3, Files.readAllLines(file("20260301")).size());
    assertEquals(1, Files.readAllLines(file("20260302")).size());
    assertEquals(new AuditVerifier.Verdict.Sound(1, head), verdict());
    assertEquals(4, head.entry());
  }

  @Test
  void aClockThatGoesBackReopensNoOldFile() throws IOException {
    now = DAY_TWO;
    writeEntries(1);
    now = DAY_ONE;
    writeEntries(1);
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict());
    assertTrue(Files.notExists(file("20260301")));
  }

  @Test
  void aTornLastLineIsMended() throws IOException {
    writeEntries(3);
    String whole = Files.readString(file("20260301"));
    Files.writeString(file("20260301"), whole.substring(0, whole.length() - 20));
    try (AuditLog log = open()) {
      assertTrue(log.mendedBytes() > 100, log.mendedBytes() + " bytes");
      assertEquals(2, log.head().entry());
      log.append(event("s-4"));
    }
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict());
    assertEquals(3, Files.readAllLines(file("20260301")).size());
  }

  @Test
  void aTornFirstLineOfADayGoesOnFromTheDayBefore() throws IOException {
    writeEntries(1);
    Files.writeString(file("20260302"), "{\"entry\":2");
    now = DAY_TWO;
    try (AuditLog log = open()) {
      assertEquals(1, log.head().entry());
      log.append(event("s-2"));
    }
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict());
  }

  @Test
  void anUnsoundEndIsNotBuiltUpon() throws IOException {
    writeEntries(2);
    Files.writeString(file("20260301"), "{}\n", StandardOpenOption.APPEND);
    IOException refused = assertThrows(IOException.class, this::open);
    assertTrue(refused.toString().contains("verify the log"), refused.toString());
  }

  @Test
  void aSecondServerIsRefused() throws IOException {
    try (AuditLog first = open()) {
      IOException refused = assertThrows(IOException.class, this::open);
      assertTrue(refused.toString().contains("another server writes"), refused.toString());
      first.append(event("s-1"));
    }
    open().close();
  }

  @Test
  void editedDroppedAndSwappedLinesAreFoundWhereTheyAre() throws IOException {
    writeEntries(5);
    List<String> lines = Files.readAllLines(file("20260301"));
    Files.write(file("20260301"), replaced(lines, 2, lines.get(2).replace("s-3", "s-9")));
    assertEquals(3, broken().line());
    Files.write(file("20260301"), List.of(lines.get(0), lines.get(2), lines.get(3)));
    assertEquals(2, broken().line());
    Files.write(file("20260301"), List.of(lines.get(0), lines.get(1), lines.get(3), lines.get(2)));
    assertEquals(3, broken().line());
  }

  private static List<String> replaced(List<String> lines, int index, String line) {
    List<String> changed = new ArrayList<>(lines);
    changed.set(index, line);
    return changed;
  }

  @Test
  void aCutTailIsFoundByAKeptHeadOnly() throws IOException {
    writeEntries(5);
    AuditHead kept;
    try (AuditLog log = open()) {
      kept = AuditHead.parse(log.head().toString());
    }
    Files.write(file("20260301"), Files.readAllLines(file("20260301")).subList(0, 4));
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict());
    AuditVerifier.Verdict against = AuditVerifier.verify(List.of(directory), kept);
    var broken = assertInstanceOf(AuditVerifier.Verdict.Broken.class, against);
    assertTrue(broken.why().contains("kept head"), broken.why());
  }

  @Test
  void aFullDiskIsToldAndLeavesTheHeadWhereItWas() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    try (AuditLog log = open()) {
      log.append(event("s-1"));
      Files.createSymbolicLink(file("20260302"), full);
      AuditHead head = log.head();
      now = DAY_TWO;
      assertThrows(IOException.class, () -> log.append(event("s-2")));
      assertEquals(head, log.head());
    }
  }

  /** Whoever comes while another writes does not wait, is told, and stands in the one chain. */
  @Test
  void manyThatWriteAtOnceMakeOneChainAndAllAreTold() throws Exception {
    int writers = 8;
    int groups = 300;
    AtomicInteger told = new AtomicInteger();
    try (AuditLog log = open()) {
      try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
        for (int w = 0; w < writers; w++) {
          String session = "s-" + w;
          var unused =
              threads.submit(() -> {
                for (int i = 0; i < groups; i++) {
                  log.append(
                      event(session),
                      failure -> told.addAndGet(failure == null ? 1 : Integer.MIN_VALUE));
                }
              });
        }
      }
      assertEquals(writers * groups, told.get());
      assertEquals(writers * groups, log.head().entry());
    }
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict());
  }

  /** Whoever has the log for something else must not leave behind what came meanwhile. */
  @Test
  void whoComesWhileTheLogIsReadIsTold() throws Exception {
    try (AuditLog log = open()) {
      toldAlthough(log, log::head);
    }
  }

  @Test
  void whoComesWhileAnotherFailsIsTold() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    Files.createSymbolicLink(file("20260301"), full);
    try (AuditLog log = open()) {
      toldAlthough(log, () -> assertThrows(IOException.class, () -> log.append(event("s-1"))));
    }
  }

  /** One after the other brings something and waits for its answer, while somebody meddles. */
  private static void toldAlthough(AuditLog log, Runnable meddling) throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService meddler = Executors.newSingleThreadExecutor()) {
      var unused =
          meddler.submit(() -> {
            while (!over.get()) {
              meddling.run();
            }
          });
      try {
        for (int i = 0; i < 20_000; i++) {
          CountDownLatch told = new CountDownLatch(1);
          log.append(event("s-2"), failure -> told.countDown());
          int group = i;
          assertTrue(
              told.await(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS),
              () -> "nobody was told of group " + group);
        }
      } finally {
        over.set(true);
      }
    }
  }

  /** An event that cannot be written is its author's mistake; whoever came with it hears of it. */
  @Test
  void whatCannotBeWrittenIsToldAndTheLogGoesOn() throws IOException {
    try (AuditLog log = open()) {
      List<IOException> told = new ArrayList<>();
      AuditEvent odd = AuditEvent.of(AuditEvent.CONNECT).with(AuditField.REASON, new Object());
      log.append(List.of(odd), told::add);
      log.append(event("s-1"), told::add);
      assertEquals(2, told.size());
      assertInstanceOf(IllegalArgumentException.class, told.get(0).getCause());
      assertNull(told.get(1));
      assertEquals(1, log.head().entry());
    }
    assertInstanceOf(AuditVerifier.Verdict.Sound.class, verdict());
  }

  @Test
  void whatComesAfterTheEndIsRefusedAndTold() throws IOException {
    AuditLog log = open();
    log.close();
    List<IOException> told = new ArrayList<>();
    log.append(event("s-1"), told::add);
    assertEquals("the audit log is closed", told.getFirst().getMessage());
  }
}
