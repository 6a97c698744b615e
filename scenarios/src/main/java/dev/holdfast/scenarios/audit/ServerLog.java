package dev.holdfast.scenarios.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server's own journal, to be read when somebody asks what it did. */
@FunctionalInterface
public interface ServerLog {
  /** Nobody wrote anything down. */
  ServerLog NONE = List::of;

  /** Its entries in its own order; none where there is no log. */
  List<AuditEntry> entries() throws IOException;

  /** The log at a path, ours or read through a mapping. */
  static ServerLog at(@Nullable Path log, AuditMapping mapping) {
    return log == null
        ? NONE
        : () -> Files.exists(log) ? AuditEntries.read(log, mapping).all() : List.of();
  }
}
