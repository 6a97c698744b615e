package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.Map;

/**
 * A ping is answered within a second, also during a run. Read off stories in which nothing goes
 * wrong with the network; where something does, nothing is said.
 */
final class PongsInTime implements Checker {
  private static final long NANOS_PER_MS = 1_000_000;
  private static final long WITHIN_MS = 1_000;

  @Override
  public String name() {
    return "pongs_in_time";
  }

  @Override
  public String requirement() {
    return "A ping is answered within 1 s, also during a run.";
  }

  @Override
  public String premise() {
    return "A ping was answered while nothing was wrong with the network.";
  }

  @Override
  public boolean bindsTime() {
    return true;
  }

  @Override
  public Judged judge(History history) {
    if (history.profile() != Profile.RESUME) {
      return Judged.excluded("profile core has 30 s for a pong");
    }
    Map<String, Long> open = new HashMap<>();
    int answered = 0;
    for (Event e : history.events()) {
      if (e.fact() instanceof Fact.Fault) {
        return Judged.unknown("something was wrong with the network");
      }
      if (e.source() != Source.CLIENT) {
        continue;
      }
      switch (e.fact()) {
        case Fact.Wrote w when w.type().equals("ping") && w.sent() && w.id() != null ->
            open.put(e.process() + " " + w.id(), e.nanos());
        case Fact.Heard h when h.type().equals("pong") && h.frame() != null -> {
          Long asked = open.remove(e.process() + " " + h.frame().envelope().replyTo());
          if (asked != null && e.nanos() - asked > WITHIN_MS * NANOS_PER_MS) {
            long late = (e.nanos() - asked) / NANOS_PER_MS;
            return Judged.broken(e.process() + ": a pong came after " + late + " ms");
          }
          answered += asked == null ? 0 : 1;
        }
        default -> {}
      }
    }
    return answered == 0
        ? Judged.unknown("no ping was answered")
        : Judged.holds(answered + " pongs");
  }
}
