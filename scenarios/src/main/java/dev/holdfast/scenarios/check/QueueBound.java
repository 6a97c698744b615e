package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No more messages wait at a client than its limit, and only beyond it is one refused. */
final class QueueBound implements Checker {

  /** What waits at one client: said, and neither written nor over. */
  private static final class Queue {
    private final Set<String> waiting = new HashSet<>();
    private int cancels;
  }

  @Override
  public String name() {
    return "queue_bound";
  }

  @Override
  public String requirement() {
    return "A client keeps up to its limit of messages and refuses the next with queue_full.";
  }

  @Override
  public Judged judge(History history) {
    int limit = history.terms().queueLimit();
    if (limit == 0) {
      return Judged.unknown("the limit of the queue is not known");
    }
    Map<String, Queue> queues = new HashMap<>();
    int most = 0;
    for (Event e : history.events()) {
      if (e.source() == Source.CLIENT) {
        Queue queue = queues.computeIfAbsent(e.process(), p -> new Queue());
        String wrong = wrongly(queue, e.fact(), limit);
        if (wrong != null) {
          return Judged.brokenBy(Source.CLIENT, e.process() + ": " + wrong);
        }
        most = Math.max(most, queue.waiting.size());
      }
    }
    return Judged.holds("at most " + most + " of " + limit + " waited");
  }

  /** Cancels take a place too, and nobody is told when they leave it. */
  private static @Nullable String wrongly(Queue queue, Fact fact, int limit) {
    switch (fact) {
      case Fact.Said s -> queue.waiting.add(s.id());
      case Fact.Wrote w when w.id() != null -> queue.waiting.remove(w.id());
      case Fact.Posted p -> queue.waiting.remove(p.id());
      case Fact.Did d when d.op().equals("cancel") -> queue.cancels++;
      case Fact.Settled s -> {
        queue.waiting.remove(s.id());
        boolean full = queue.waiting.size() + queue.cancels >= limit;
        if (s.refused() && "queue_full".equals(s.code()) && !full) {
          return s.id() + " was refused while " + queue.waiting.size() + " waited";
        }
      }
      default -> {}
    }
    return queue.waiting.size() > limit + 1
        ? queue.waiting.size() + " messages wait, " + limit + " may"
        : null;
  }
}
