package dev.holdfast.server.session;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a session, in order and within a limit.
 *
 * <p>Three ways to be held back at the limit: a POST is refused, an agent's thread waits, and a
 * socket is not read any further. Only what the server itself has to say is always taken.
 */
final class Mailbox {
  static final int LIMIT = 1_024;

  /** What became of a letter. */
  enum Receipt {
    /** Taken, and the session sleeps: wake it. */
    WAKE,
    TAKEN,
    FULL,
    /** The session is gone. */
    SHUT
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final ArrayDeque<Letter> letters = new ArrayDeque<>(4);
  private boolean awake;
  private boolean shut;

  /** Takes a letter beyond the limit too. */
  Receipt put(Letter letter) {
    lock.lock();
    try {
      return take(letter);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a letter if there is room. */
  Receipt offer(Letter letter) {
    lock.lock();
    try {
      return letters.size() >= LIMIT ? Receipt.FULL : take(letter);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a letter once there is room. */
  Receipt putWhenRoom(Letter letter) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (letters.size() >= LIMIT && !shut) {
        room.await();
      }
      return take(letter);
    } finally {
      lock.unlock();
    }
  }

  private Receipt take(Letter letter) {
    if (shut) {
      return Receipt.SHUT;
    }
    letters.add(letter);
    boolean slept = !awake;
    awake = true;
    return slept ? Receipt.WAKE : Receipt.TAKEN;
  }

  /** The oldest letter, which stays; null sends the session to sleep. */
  @Nullable Letter oldest() {
    lock.lock();
    try {
      awake = !letters.isEmpty();
      return letters.peek();
    } finally {
      lock.unlock();
    }
  }

  void removeOldest() {
    lock.lock();
    try {
      letters.poll();
      if (letters.size() < LIMIT) {
        room.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shuts unless more than the letter in hand is waiting. */
  boolean shutIfLast() {
    lock.lock();
    try {
      shut = letters.size() <= 1;
      return shut;
    } finally {
      lock.unlock();
    }
  }

  /** Shuts, and hands back what nobody will read. */
  List<Letter> shut() {
    lock.lock();
    try {
      shut = true;
      List<Letter> left = List.copyOf(letters);
      letters.clear();
      room.signalAll();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
