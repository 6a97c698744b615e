package dev.holdfast.server.audit;

import dev.holdfast.protocol.server.AuditEvent;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where audit entries go. */
@FunctionalInterface
public interface AuditSink {

  /** A sink that keeps nothing. */
  AuditSink NONE = events -> {};

  /**
   * Hands events to the operating system, all or none, before it returns.
   *
   * @throws IOException if they could not be written; what they stand for must not become visible
   */
  void append(List<AuditEvent> events) throws IOException;

  /**
   * The same for whoever has other things to do meanwhile: told how it went, null for well, on
   * whatever thread wrote, before this returns or later.
   */
  default void append(List<AuditEvent> events, Consumer<@Nullable IOException> told) {
    try {
      append(events);
    } catch (IOException e) {
      told.accept(e);
      return;
    }
    told.accept(null);
  }
}
