package dev.holdfast.server.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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

  /** Some of the oldest letters, which stay; none sends the session to sleep. */
  List<Letter> oldest(int most) {
    lock.lock();
    try {
      awake = !letters.isEmpty();
      List<Letter> oldest = new ArrayList<>(Math.min(most, letters.size()));
      for (Letter letter : letters) {
        if (oldest.size() == most) {
          break;
        }
        oldest.add(letter);
      }
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  void removeOldest(int count) {
    lock.lock();
    try {
      for (int i = 0; i < count; i++) {
        letters.poll();
      }
      int places = Math.min(count, LIMIT - letters.size());
      for (int i = 0; i < places; i++) {
        room.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Shuts unless more than one letter, the one in hand, is waiting. */
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
