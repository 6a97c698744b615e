package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
  public String premise() {
    return "A client waited for an attempt to reconnect.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    Map<String, Waits> people = new LinkedHashMap<>();
    for (Event e : history.events()) {
      if (e.source() != Source.CLIENT) {
        continue;
      }
      String wrong =
          people.computeIfAbsent(e.process(), p -> new Waits(history.backoff())).wrongly(e);
      if (wrong != null) {
        return Judged.brokenBy(Source.CLIENT, e.process() + ": " + wrong);
      }
    }
    int attempts = people.values().stream().mapToInt(w -> w.attempts).sum();
    return attempts == 0
        ? Judged.unknown("no client had to reconnect")
        : Judged.holds(attempts + " delays in range");
  }

  /** One client on its way from attempt to attempt. */
  private static final class Waits {
    private static final long NANOS_PER_MS = 1_000_000;

    /** A busy machine's timer may be late, but not so late. */
    private static final long MOST_LATE_NANOS = 5_000 * NANOS_PER_MS;

    private final Backoff backoff;
    private int attempts;
    private long before;
    private long floorMs;
    private long dueAt;
    private @Nullable String dialled;

    Waits(Backoff backoff) {
      this.backoff = backoff;
    }

    /** What is wrong with an event, or null. */
    @Nullable String wrongly(Event e) {
      return switch (e.fact()) {
        case Fact.Shown s when s.state() == LinkState.RECONNECTING ->
            s.attempt() == 0 ? null : waiting(e.nanos(), s);
        case Fact.Shown s -> {
          before = 0;
          dueAt = 0;
          floorMs = 0;
          yield null;
        }
        case Fact.Refused r -> {
          boolean givenUp = !Objects.equals(e.connection(), dialled);
          floorMs = givenUp ? floorMs : r.retryAfterMs();
          yield null;
        }
        case Fact.Dialled d -> {
          dialled = e.connection();
          yield dialled(e.nanos());
        }
        case Fact.Heard h -> {
          floorMs = Math.max(floorMs, drainMs(h.frame()));
          yield null;
        }
        case Fact.Did d -> {
          boolean byHand = d.op().equals("retry") || d.op().equals("connect");
          dueAt = byHand ? 0 : dueAt;
          yield null;
        }
        default -> null;
      };
    }

    private @Nullable String dialled(long nanos) {
      long due = dueAt;
      dueAt = 0;
      if (nanos < due) {
        return "attempt " + before + " came " + (due - nanos) / NANOS_PER_MS + " ms too early";
      }
      return due > 0 && nanos > due + MOST_LATE_NANOS
          ? "attempt " + before + " came " + (nanos - due) / NANOS_PER_MS + " ms too late"
          : null;
    }

    private static long drainMs(@Nullable Frame frame) {
      return frame != null && frame.body() instanceof Status.Drain d ? d.retryAfterMs() : 0;
    }

    private @Nullable String waiting(long nanos, Fact.Shown shown) {
      String wrong = wrongly(shown.attempt(), shown.delayMs());
      dueAt = nanos + shown.delayMs() * NANOS_PER_MS;
      before = shown.attempt();
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
