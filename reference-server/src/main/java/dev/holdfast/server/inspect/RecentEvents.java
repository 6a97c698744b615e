package dev.holdfast.server.inspect;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.server.audit.AuditSink;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes audit events on and remembers the newest that were written. */
public final class RecentEvents implements AuditSink {
  private static final int REMEMBERED = 60;

  private final AuditSink next;
  private final ArrayDeque<Noted> newest = new ArrayDeque<>(REMEMBERED);

  /** An event and when it was written. */
  public record Noted(Instant at, AuditEvent event) {}

  public RecentEvents(AuditSink next) {
    this.next = next;
  }

  @Override
  public void append(List<AuditEvent> events) throws IOException {
    next.append(events);
    remember(events);
  }

  @Override
  public void append(List<AuditEvent> events, Consumer<@Nullable IOException> told) {
    next.append(
        events,
        failure -> {
          if (failure == null) {
            remember(events);
          }
          told.accept(failure);
        });
  }

  private void remember(List<AuditEvent> events) {
    Instant now = Instant.now();
    synchronized (newest) {
      for (AuditEvent event : events) {
        if (newest.size() == REMEMBERED) {
          newest.removeFirst();
        }
        newest.addLast(new Noted(now, event));
      }
    }
  }

  /** Oldest first. */
  public List<Noted> newest() {
    synchronized (newest) {
      return new ArrayList<>(newest);
    }
  }
}
