package dev.holdfast.server.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: takes all that waits, commits it as one, and tells everybody.
 *
 * <p>A group that fails is tried one by one, so that what cannot be written harms nobody else. The
 * queue is bounded by the sessions: each waits for its answer before it writes again.
 */
final class SqliteWriter {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteWriter.class);
  private static final int MOST_AT_ONCE = 512;
  private static final long FINISH_MS = 10_000;

  /** Something to be written within a transaction. */
  @FunctionalInterface
  interface Writing {
    void into(Tables tables) throws SQLException;
  }

  private record Order(Writing writing, Drawer.Done done) {}

  private final Tables tables;
  private final BlockingQueue<Order> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean finishing;
  private volatile Watcher watcher = (nanos, sessions) -> {};

  /** Hears of each commit. */
  @FunctionalInterface
  interface Watcher {
    void committed(long nanos, int sessions);
  }

  void watch(Watcher other) {
    watcher = other;
  }

  SqliteWriter(Connection connection) {
    tables = new Tables(connection);
    thread = Thread.ofPlatform().daemon().name("holdfast-store").start(this::work);
  }

  void write(Writing writing, Drawer.Done done) {
    waiting.add(new Order(writing, done));
  }

  private void work() {
    List<Order> group = new ArrayList<>();
    try {
      while (!finishing || !waiting.isEmpty()) {
        group.add(waiting.take());
        waiting.drainTo(group, MOST_AT_ONCE - 1);
        together(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      LOG.debug("event=store_abandoned");
    }
  }

  private void together(List<Order> group) {
    IOException failure = commit(group);
    if (failure == null || group.size() == 1) {
      group.forEach(order -> tell(order, failure));
    } else {
      group.forEach(order -> tell(order, commit(List.of(order))));
    }
  }

  private @Nullable IOException commit(List<Order> group) {
    try {
      long began = System.nanoTime();
      tables.say("BEGIN IMMEDIATE");
      for (Order order : group) {
        order.writing().into(tables);
      }
      tables.say("COMMIT");
      watcher.committed(System.nanoTime() - began, group.size());
      return null;
    } catch (SQLException | RuntimeException e) {
      rollBack();
      return new IOException("the store cannot be written: " + e.getMessage(), e);
    }
  }

  private void rollBack() {
    try {
      tables.forget();
      tables.say("ROLLBACK");
    } catch (SQLException e) {
      LOG.debug("event=store_rolled_back_by_itself", e);
    }
  }

  private static void tell(Order order, @Nullable IOException failure) {
    try {
      order.done().told(failure);
    } catch (RuntimeException e) {
      LOG.error("event=store_listener_failed", e);
    }
  }

  void limitPages(int pages) {
    write(unused -> tables.say("PRAGMA max_page_count = " + pages), failure -> {});
  }

  /** Writes what waits and ends. */
  void finish() {
    finishing = true;
    write(tables -> {}, failure -> {});
    join(FINISH_MS);
  }

  /** Ends in the middle of whatever is going on. */
  void abandon() {
    waiting.clear();
    finishing = true;
    thread.interrupt();
    join(FINISH_MS);
  }

  private void join(long ms) {
    try {
      thread.join(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
