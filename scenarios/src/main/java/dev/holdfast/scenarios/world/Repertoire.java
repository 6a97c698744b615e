package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.server.agent.Performance;
import dev.holdfast.server.agent.Script;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the scripted agent says to each message, thought out once. */
final class Repertoire {
  /** How long the scripted agent takes when its message does not say. */
  private static final long DEFAULT_RUN_MS = 30;

  /** Stories draw from few texts; whoever says more than this is thought about anew. */
  private static final int MAX_PIECES = 10_000;

  private final Map<String, Piece> pieces = new HashMap<>();

  /** All that is said of one message, evenly spread over the run's time. */
  record Piece(List<AgentEvent> events, long totalMs) {
    long nanosAt(int index) {
      return totalMs * (index + 1) / events.size() * Tick.NANOS_PER_MS;
    }

    /** The answer, or null where the run fails. */
    @Nullable String answer() {
      return events.get(events.size() - 1) instanceof AgentEvent.Answer a ? a.content() : null;
    }
  }

  Piece of(String content) {
    Piece known = pieces.get(content);
    if (known == null) {
      Script script = Script.of(content);
      long total = script.slowMs() == Script.UNSAID ? DEFAULT_RUN_MS : script.slowMs();
      known = new Piece(List.copyOf(Performance.of(script)), total);
      if (pieces.size() < MAX_PIECES) {
        pieces.put(content, known);
      }
    }
    return known;
  }
}
