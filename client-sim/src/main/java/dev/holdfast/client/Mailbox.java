package dev.holdfast.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time in the order of their posting, on a virtual thread that lives only while
 * there is something to do.
 */
final class Mailbox {
  /** Beyond this, who puts more waits: a flood is slowed down where it comes from. */
  private static final int LIMIT = 1_000;

  private final String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
  private boolean running;
  private boolean closed;
  private volatile @Nullable Thread worker;

  Mailbox(String name) {
    this.name = name;
  }

  /**
   * Waits for room, if the caller may wait: a task of this mailbox may not.
   *
   * @return whether the task was taken: none is after the last
   */
  boolean put(Runnable task) {
    lock.lock();
    try {
      while (waiting.size() >= LIMIT && !closed && !isCurrent()) {
        room.awaitUninterruptibly();
      }
      return add(task);
    } finally {
      lock.unlock();
    }
  }

  /** Takes what cannot flood by its nature: a timer, an answer. */
  boolean post(Runnable task) {
    lock.lock();
    try {
      return add(task);
    } finally {
      lock.unlock();
    }
  }

  /** Runs a last task after all that wait, and takes no other any more. */
  CompletableFuture<@Nullable Void> finish(Runnable last) {
    lock.lock();
    try {
      if (add(last)) {
        add(() -> finished.complete(null));
        closed = true;
        room.signalAll();
      }
      return finished;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the caller is a task of this mailbox. */
  boolean isCurrent() {
    return Thread.currentThread() == worker;
  }

  private boolean add(Runnable task) {
    if (closed) {
      return false;
    }
    waiting.add(task);
    if (!running) {
      running = true;
      Thread.ofVirtual().name(name).start(this::drain);
    }
    return true;
  }

  private void drain() {
    worker = Thread.currentThread();
    Runnable task = next();
    while (task != null) {
      task.run();
      task = next();
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = waiting.poll();
      running = task != null;
      room.signal();
      return task;
    } finally {
      lock.unlock();
    }
  }
}
