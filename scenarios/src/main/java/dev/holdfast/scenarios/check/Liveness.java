package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Once the world has healed, everything that was taken ends within a bound. */
final class Liveness implements Checker {
  private static final long NANOS_PER_MS = 1_000_000;
  private static final long NEVER = Long.MAX_VALUE;

  /** One client's open matters by when they were said, and how far it was watched. */
  private static final class Watch {
    private final Map<String, Long> open = new LinkedHashMap<>();
    private long healedAt = NEVER;
    private long last;
    private boolean closed;
    private int said;

    /** Until when what was said then must have ended. */
    private long due(long saidAt, long boundNanos) {
      return healedAt == NEVER ? NEVER : Math.max(healedAt, saidAt) + boundNanos;
    }

    /** What is open although its time is up. */
    private List<String> overdue(long boundNanos) {
      List<String> overdue = new ArrayList<>();
      open.forEach((id, saidAt) -> {
        if (last >= due(saidAt, boundNanos)) {
          overdue.add(id);
        }
      });
      return overdue;
    }
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
  public String premise() {
    return "The network healed, and a message was said.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    long boundNanos = history.terms().endsWithinMs() * NANOS_PER_MS;
    Map<String, Watch> watches = new LinkedHashMap<>();
    for (Event e : history.events()) {
      if (e.source() == Source.CLIENT) {
        note(watches.computeIfAbsent(e.process(), p -> new Watch()), e, boundNanos);
      }
    }
    watches.values().removeIf(watch -> watch.healedAt == NEVER || watch.closed);
    String open = null;
    for (Map.Entry<String, Watch> entry : watches.entrySet()) {
      Watch watch = entry.getValue();
      List<String> overdue = watch.overdue(boundNanos);
      if (!overdue.isEmpty()) {
        return Judged.broken(entry.getKey() + ": no end came for " + overdue);
      }
      if (open == null && !watch.open.isEmpty()) {
        open = entry.getKey() + ": " + watch.open.keySet() + " may still end after this history";
      }
    }
    if (open != null) {
      return Judged.unknown(open);
    }
    if (watches.isEmpty()) {
      return Judged.unknown("no client was told that the network healed");
    }
    return watches.values().stream().allMatch(watch -> watch.said == 0)
        ? Judged.unknown("nothing was said")
        : Judged.holds("everything of " + watches.size() + " clients ended");
  }

  private static void note(Watch watch, Event e, long boundNanos) {
    watch.last = e.nanos();
    switch (e.fact()) {
      case Fact.Said s -> {
        watch.said++;
        watch.open.put(s.id(), e.nanos());
      }
      case Fact.Settled s -> {
        Long saidAt = watch.open.get(s.id());
        if (saidAt != null && e.nanos() <= watch.due(saidAt, boundNanos)) {
          watch.open.remove(s.id());
        }
      }
      case Fact.Did d -> watch.closed |= d.op().equals("close");
      case Fact.Healed h -> watch.healedAt = e.nanos();
      default -> {}
    }
  }
}
