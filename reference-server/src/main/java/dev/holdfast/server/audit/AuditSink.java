package dev.holdfast.server.audit;

import dev.holdfast.protocol.server.AuditEvent;
import java.io.IOException;
import java.util.List;

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
}
