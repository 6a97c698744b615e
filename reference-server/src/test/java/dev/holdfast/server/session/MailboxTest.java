package dev.holdfast.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.server.session.Mailbox.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox();

  private static Letter letter(int n) {
    return Letter.of(new ServerInput.Overflowed("c-" + n));
  }

  private void fill() {
    for (int i = 0; i < Mailbox.LIMIT; i++) {
      mailbox.put(letter(i));
    }
  }

  @Test
  void wakesASleepingSessionOnce() {
    Letter first = letter(1);
    Letter second = letter(2);
    assertEquals(Receipt.WAKE, mailbox.put(first));
    assertEquals(Receipt.TAKEN, mailbox.put(second));
    assertEquals(List.of(first), mailbox.oldest(1));
    mailbox.removeOldest(1);
    assertEquals(List.of(second), mailbox.oldest(9));
    mailbox.removeOldest(1);
    assertEquals(List.of(), mailbox.oldest(9));
    assertEquals(Receipt.WAKE, mailbox.put(letter(3)));
  }

  @Test
  void refusesOffersAtItsLimitButTakesWhatTheServerSays() {
    fill();
    assertEquals(Receipt.FULL, mailbox.offer(letter(-1)));
    assertEquals(Receipt.TAKEN, mailbox.put(letter(-1)));
  }

  @Test
  void holdsAnAgentBackUntilThereIsRoom() {
    fill();
    var waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return mailbox.putWhenRoom(letter(-1));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            Thread::startVirtualThread);
    assertFalse(waiting.isDone());
    var unused = mailbox.oldest(1);
    mailbox.removeOldest(1);
    Awaitility.await().until(waiting::isDone);
    assertEquals(Receipt.TAKEN, waiting.join());
  }

  @Test
  void shutsOnlyWhenNothingElseWaits() {
    mailbox.put(letter(1));
    mailbox.put(letter(2));
    assertFalse(mailbox.shutIfLast());
    mailbox.removeOldest(1);
    assertTrue(mailbox.shutIfLast());
    assertEquals(Receipt.SHUT, mailbox.put(letter(3)));
  }
}
