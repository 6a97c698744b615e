package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every delay before an attempt lies in the range that the backoff allows, and is waited for.
 *
 * <p>What the server asked for, by Retry-After or in a drain, is a floor under the next delay.
 */
final class ReconnectDelays implements Checker {

  @Override
  public String name() {
    return "reconnect_delays";
  }

  @Override
  public String requirement() {
    return "The delay before attempt n lies between min(base·2^(n−1), cap) and jitter more, and n"
        + " counts up by one.";
  }

  @Override
  public Judged judge(History history) {
    Map<String, Waits> people = new LinkedHashMap<>();
    for (HistoryRecord r : history.records()) {
      if (r.source() != Source.CLIENT) {
        continue;
      }
      String wrong =
          people.computeIfAbsent(r.process(), p -> new Waits(history.backoff())).wrongly(r);
      if (wrong != null) {
        return Judged.broken(r.process() + ": " + wrong);
      }
    }
    int attempts = people.values().stream().mapToInt(w -> w.attempts).sum();
    return attempts == 0
        ? Judged.unknown("nobody had to reconnect")
        : Judged.holds(attempts + " delays in range");
  }

  /** One client on its way from attempt to attempt. */
  private static final class Waits {
    private static final long NANOS_PER_MS = 1_000_000;

    private final Backoff backoff;
    private int attempts;
    private long before;
    private long floorMs;
    private long dueAt;

    Waits(Backoff backoff) {
      this.backoff = backoff;
    }

    /** What is wrong with a record, or null. */
    @Nullable String wrongly(HistoryRecord r) {
      return switch (r.kind()) {
        case STATE -> state(r);
        case FRAME -> {
          floorMs = Math.max(floorMs, drainMs(r));
          yield null;
        }
        case INVOKE -> {
          boolean byHand = r.op().equals("retry") || r.op().equals("connect");
          dueAt = byHand ? 0 : dueAt;
          yield null;
        }
        default -> null;
      };
    }

    private static long drainMs(HistoryRecord r) {
      Frame frame = "drain".equals(r.text("status")) ? Frames.of(r) : null;
      return frame != null && frame.body() instanceof Status.Drain d ? d.retryAfterMs() : 0;
    }

    private @Nullable String state(HistoryRecord r) {
      if (r.op().equals("refused")) {
        floorMs = r.number("retry_after_ms", 0);
      } else if (r.op().equals("dial")) {
        return r.monoNs() < dueAt
            ? "attempt " + before + " came " + (dueAt - r.monoNs()) / NANOS_PER_MS + " ms too early"
            : null;
      } else if (r.op().equals(LinkState.RECONNECTING.word())) {
        return r.number("attempt", 0) == 0 ? null : waiting(r);
      } else if (Dialogue.SHOWN.contains(r.op())) {
        before = 0;
        dueAt = 0;
      }
      return null;
    }

    private @Nullable String waiting(HistoryRecord r) {
      long attempt = r.number("attempt", 0);
      String wrong = wrongly(attempt, r.number("delay_ms", 0));
      dueAt = r.monoNs() + r.number("delay_ms", 0) * NANOS_PER_MS;
      before = attempt;
      floorMs = 0;
      attempts++;
      return wrong;
    }

    private @Nullable String wrongly(long attempt, long delayMs) {
      if (before > 0 && attempt != before + 1) {
        return "attempt " + attempt + " came after attempt " + before;
      }
      if (attempt > backoff.maxAttempts()) {
        return "attempt " + attempt + " is one too many";
      }
      long least = Math.max(floorMs, backoff.leastMs((int) attempt));
      long most = Math.max(floorMs, backoff.leastMs((int) attempt) + backoff.jitterMs());
      return delayMs < least || delayMs > most
          ? "attempt " + attempt + " waits " + delayMs + " ms, not " + least + " to " + most
          : null;
    }
  }
}
