package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Once the world has healed, everything that was taken ends within a bound. */
final class Liveness implements Checker {
  private static final long NANOS_PER_MS = 1_000_000;

  /** One client's open matters, and until when they must be settled. */
  private static final class Watch {
    private final Set<String> open = new HashSet<>();
    private long due = Long.MAX_VALUE;
    private long last;
    private boolean closed;
  }

  @Override
  public String name() {
    return "liveness";
  }

  @Override
  public String requirement() {
    return "Everything that was taken ends within a bound after the network healed.";
  }

  @Override
  public Judged judge(History history) {
    long boundNanos = history.terms().endsWithinMs() * NANOS_PER_MS;
    Map<String, Watch> watches = new HashMap<>();
    for (Event e : history.events()) {
      if (e.source() == Source.CLIENT) {
        note(watches.computeIfAbsent(e.process(), p -> new Watch()), e, boundNanos);
      }
    }
    int healed = 0;
    for (Map.Entry<String, Watch> entry : watches.entrySet()) {
      Watch watch = entry.getValue();
      if (watch.due == Long.MAX_VALUE || watch.closed) {
        continue;
      }
      healed++;
      if (!watch.open.isEmpty() && watch.last >= watch.due) {
        return Judged.broken(entry.getKey() + ": no end came for " + watch.open);
      }
    }
    return healed == 0
        ? Judged.unknown("nobody said that the network healed")
        : Judged.holds("everything of " + healed + " clients ended");
  }

  private static void note(Watch watch, Event e, long boundNanos) {
    watch.last = e.nanos();
    switch (e.fact()) {
      case Fact.Said s -> watch.open.add(s.id());
      case Fact.Settled s -> {
        if (e.nanos() <= watch.due) {
          watch.open.remove(s.id());
        }
      }
      case Fact.Did d -> watch.closed |= d.op().equals("close");
      case Fact.Healed h -> watch.due = e.nanos() + boundNanos;
      default -> {}
    }
  }
}
