package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.journal.HistoryRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every delay before an attempt lies in the range that the backoff allows. */
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
    int attempts = 0;
    for (Map.Entry<String, Dialogue> entry : history.dialogues().entrySet()) {
      long before = 0;
      for (HistoryRecord state : entry.getValue().states()) {
        if (!state.op().equals(LinkState.RECONNECTING.word()) || state.number("attempt", 0) == 0) {
          before = state.op().equals(LinkState.RECONNECTING.word()) ? before : 0;
          continue;
        }
        String wrong = wrongly(history.backoff(), state, before);
        if (wrong != null) {
          return Judged.broken(entry.getKey() + ": " + wrong);
        }
        before = state.number("attempt", 0);
        attempts++;
      }
    }
    return attempts == 0
        ? Judged.unknown("nobody had to reconnect")
        : Judged.holds(attempts + " delays in range");
  }

  private static @Nullable String wrongly(Backoff backoff, HistoryRecord state, long before) {
    long attempt = state.number("attempt", 0);
    long delay = state.number("delay_ms", -1);
    if (before > 0 && attempt != before + 1) {
      return "attempt " + attempt + " came after attempt " + before;
    }
    if (attempt > backoff.maxAttempts()) {
      return "attempt " + attempt + " is one too many";
    }
    long least = backoff.leastMs((int) attempt);
    boolean asked = state.number("floor_ms", 0) > 0;
    boolean tooLong = delay > least + backoff.jitterMs() && !asked;
    return delay < least || tooLong
        ? "attempt "
            + attempt
            + " waits "
            + delay
            + " ms, not "
            + least
            + " to "
            + (least + backoff.jitterMs())
        : null;
  }
}
