package dev.holdfast.server.session;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.server.audit.AuditSink;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes to the audit log what the sessions of one event loop want in it: those that are at work
 * together share one write, which costs little more than the write of one; if it fails, each has
 * one of its own. Used on that loop.
 */
final class Scribe {
  private static final Logger LOG = LoggerFactory.getLogger(Scribe.class);

  /** So many sessions share a write at most, so that none waits long for the others. */
  private static final int MOST_AT_ONCE = 64;

  /** What a session wants written, and how it hears that it is, or why it is not. */
  private record Wish(List<AuditEvent> events, Consumer<@Nullable IOException> told) {}

  private final EventExecutor loop;
  private final AuditSink audit;
  private final Queue<Wish> wishes = new ArrayDeque<>();

  Scribe(EventExecutor loop, AuditSink audit) {
    this.loop = loop;
    this.audit = audit;
  }

  /**
   * Writes the events soon, behind what the loop has to do already, all or none.
   *
   * @param told called on the loop, never before this returns; null for well
   */
  void write(List<AuditEvent> events, Consumer<@Nullable IOException> told) {
    if (wishes.isEmpty()) {
      later(this::writeAll);
    }
    wishes.add(new Wish(events, told));
  }

  private void writeAll() {
    while (!wishes.isEmpty()) {
      List<Wish> together = new ArrayList<>();
      List<AuditEvent> events = new ArrayList<>();
      while (!wishes.isEmpty() && together.size() < MOST_AT_ONCE) {
        Wish wish = wishes.remove();
        together.add(wish);
        events.addAll(wish.events());
      }
      audit.append(
          events,
          unwritten -> {
            if (unwritten == null || together.size() == 1) {
              together.forEach(wish -> tell(wish, unwritten));
            } else {
              together.forEach(wish -> audit.append(wish.events(), why -> tell(wish, why)));
            }
          });
    }
  }

  /** Each in a task of its own: what one session makes of it is no other's business. */
  private void tell(Wish wish, @Nullable IOException unwritten) {
    later(() -> wish.told().accept(unwritten));
  }

  private void later(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("event=audit_wish_dropped reason=stopped");
    }
  }
}
