package dev.holdfast.server.session;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Letters that were stepped over together, and become so once the audit log has them. */
final class Batch {

  /** A letter that was stepped over, what the session became, and what is to be done for it. */
  record Deed(Letter letter, SessionState state, List<ServerOutput> outputs) {
    void eachEntry(Consumer<AuditEvent> consumer) {
      for (ServerOutput output : outputs) {
        if (output instanceof ServerOutput.Audit entry) {
          consumer.accept(entry.event());
        }
      }
    }
  }

  private final List<Letter> letters;
  private final List<Deed> deeds;
  private final @Nullable RuntimeException failure;
  private final List<AuditEvent> events = new ArrayList<>();

  /**
   * @param letters all of them
   * @param deeds those that could be stepped over
   * @param failure the machine's at the next one, or null
   */
  Batch(List<Letter> letters, List<Deed> deeds, @Nullable RuntimeException failure) {
    this.letters = letters;
    this.deeds = deeds;
    this.failure = failure;
    deeds.forEach(deed -> deed.eachEntry(events::add));
  }

  Letter first() {
    return letters.getFirst();
  }

  int size() {
    return letters.size();
  }

  List<Deed> deeds() {
    return deeds;
  }

  @Nullable RuntimeException failure() {
    return failure;
  }

  /** What the audit log must have first. */
  List<AuditEvent> events() {
    return events;
  }
}
