package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs whose message a server had before: in profile core it may tell their end once more. */
final class KnownRuns {
  private record Place(@Nullable String connection, String run) {}

  private final Set<Place> known = new HashSet<>();

  /** Takes note where a frame says that its message was known. */
  void add(@Nullable String connection, @Nullable Frame frame) {
    if (frame != null && frame.body() instanceof Status.Ack ack && ack.duplicate()) {
      String run = frame.envelope().runId();
      if (run != null) {
        known.add(new Place(connection, run));
      }
    }
  }

  /** Whether this end may be a repetition; each time it was said counts once. */
  boolean take(@Nullable String connection, Frame end) {
    String run = end.envelope().runId();
    return run != null && end.envelope().replay() && known.remove(new Place(connection, run));
  }
}
