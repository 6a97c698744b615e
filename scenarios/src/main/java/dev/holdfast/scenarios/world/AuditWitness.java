package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.scenarios.audit.AuditEntry;
import java.util.ArrayList;
import java.util.List;

/** Keeps a server's own journal: the audit log that it would write to a disk. */
final class AuditWitness implements ServerWitness {
  private final List<AuditEntry> entries = new ArrayList<>();

  @Override
  public void audited(AuditEvent event) {
    entries.add(AuditEntry.of("audit:" + (entries.size() + 1), event));
  }

  List<AuditEntry> entries() {
    return List.copyOf(entries);
  }
}
