package dev.holdfast.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox("test");
  private final CountDownLatch gate = new CountDownLatch(1);

  private void holdUp() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tasksRunOneAtATimeInTheirOrder() {
    List<Integer> ran = new CopyOnWriteArrayList<>();
    List<Integer> posted = IntStream.range(0, 500).boxed().toList();
    posted.forEach(i -> mailbox.put(() -> ran.add(i)));
    mailbox.finish(() -> ran.add(-1)).join();
    assertEquals(-1, ran.removeLast());
    assertEquals(posted, ran);
  }

  @Test
  void nothingIsTakenAfterTheLast() {
    mailbox.finish(() -> {}).join();
    assertFalse(mailbox.put(() -> {}));
    assertFalse(mailbox.post(() -> {}));
    assertTrue(mailbox.finish(() -> {}).isDone());
  }

  @Test
  void whoPutsTooMuchWaitsUntilThereIsRoomOrNoUse() {
    AtomicInteger taken = new AtomicInteger();
    mailbox.put(this::holdUp);
    Thread flood =
        Thread.ofVirtual()
            .start(() -> {
              while (mailbox.put(() -> {})) {
                taken.incrementAndGet();
              }
            });
    await().until(() -> flood.getState() == Thread.State.WAITING);
    assertTrue(taken.get() < 2_000, "a bound was met");
    assertTrue(mailbox.post(() -> {}), "what cannot flood is taken all the same");
    var finished = mailbox.finish(() -> {});
    await().until(() -> flood.getState() == Thread.State.TERMINATED);
    gate.countDown();
    finished.join();
  }

  @Test
  void aTaskThatPutsMoreNeverWaitsForItself() {
    AtomicInteger ran = new AtomicInteger();
    mailbox.put(() -> IntStream.range(0, 5_000).forEach(i -> mailbox.put(ran::incrementAndGet)));
    await().until(() -> ran.get() == 5_000);
  }
}
