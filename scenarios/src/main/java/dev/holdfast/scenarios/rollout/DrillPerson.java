package dev.holdfast.scenarios.rollout;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who talks while the flag flips, and keeps each answer by the words that asked for it.
 */
final class DrillPerson implements ClientListener, AutoCloseable {
  private final SimClient client;
  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<String, String> wordsOf = new HashMap<>();
  private final Map<String, String> answers = new HashMap<>();
  private final Set<String> begun = new HashSet<>();
  private String newest = "";
  private int said;
  private int settled;
  private int heard;

  DrillPerson(ClientOptions options) {
    journal = new Journal(Source.CLIENT, options.name());
    client = new SimClient(options.withJournal(journal).withListener(this));
  }

  void connect() {
    client.connect();
  }

  void say(String words) {
    lock.lock();
    try {
      said++;
      newest = client.say(words);
      wordsOf.put(newest, words);
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something came over the socket since so many frames. */
  boolean awaitMoreThan(int frames, long withinMs) throws InterruptedException {
    return await(() -> heard > frames, withinMs);
  }

  /** Waits until a frame told that what was said last is being worked on. */
  boolean awaitBegun(long withinMs) throws InterruptedException {
    return await(() -> begun.contains(newest), withinMs);
  }

  /** Waits until all that was said has its end. */
  boolean awaitSettled(long withinMs) throws InterruptedException {
    return await(() -> settled == said, withinMs);
  }

  private boolean await(BooleanSupplier condition, long withinMs) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(withinMs);
    lock.lockInterruptibly();
    try {
      while (!condition.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = news.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Frames that came over a socket so far. */
  int heard() {
    lock.lock();
    try {
      return heard;
    } finally {
      lock.unlock();
    }
  }

  /** What was answered, by the words that asked. */
  Map<String, String> answers() {
    lock.lock();
    try {
      return Map.copyOf(answers);
    } finally {
      lock.unlock();
    }
  }

  List<HistoryRecord> records() {
    return journal.records();
  }

  /** Messages that went by HTTP. */
  long posts() {
    return records().stream().filter(r -> r.op().equals("posted")).count();
  }

  /** Whether these words were said again over HTTP, for their end had not come when it was cut. */
  boolean posted(String words) {
    return records().stream()
        .filter(r -> r.op().equals("posted"))
        .anyMatch(r -> words.equals(wordsOf.get(String.valueOf(r.data().get("id")))));
  }

  @Override
  public void onFrame(Seen seen) {
    if (seen.direction() == Direction.IN) {
      Frame frame = seen.frame();
      String about = frame == null ? null : frame.envelope().replyTo();
      change(() -> {
        heard++;
        if (about != null) {
          begun.add(about);
        }
      });
    }
  }

  @Override
  public void onDeliver(Frame frame) {
    String asked = frame.envelope().replyTo();
    if (asked != null && frame.body() instanceof Message m && m.content() != null) {
      String content = m.content();
      change(() -> {
        String words = wordsOf.get(asked);
        if (words != null) {
          answers.put(words, content);
        }
      });
    }
  }

  @Override
  public void onSettled(String id, Outcome outcome, @Nullable String code) {
    change(() -> settled++);
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
