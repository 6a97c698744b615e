package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** No more messages wait at a client than its limit, and only beyond it is one refused. */
final class QueueBound implements Checker {

  /**
   * What waits at one client: said, and neither written nor over. A cancel takes a place too, but
   * may leave it untold where the server has no word for it: at the latest when what was said after
   * it is written.
   */
  private static final class Queue {
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Map<String, Integer> cancels = new LinkedHashMap<>();
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private int said;

    void says(String id) {
      waiting.add(id);
      places.put(id, said++);
    }

    void cancels(String id) {
      cancels.put(id, said++);
    }

    void leaves(String id) {
      waiting.remove(id);
      cancels.remove(id);
      Integer place = places.remove(id);
      if (place != null && !cancels.isEmpty()) {
        cancels.values().removeIf(before -> before < place);
      }
    }

    void refused(String id) {
      waiting.remove(id);
      cancels.remove(id);
      places.remove(id);
    }
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
  public String premise() {
    return "The limit is known, and a message was said.";
  }

  @Override
  public Judged judge(History history) {
    int limit = history.terms().queueLimit();
    if (limit == 0) {
      return Judged.unknown("the limit of the queue is not known");
    }
    Map<String, Queue> queues = new LinkedHashMap<>();
    int most = 0;
    int waited = 0;
    for (Event e : history.events()) {
      if (e.source() == Source.CLIENT) {
        Queue queue = queues.computeIfAbsent(e.process(), p -> new Queue());
        String wrong = wrongly(queue, e.fact(), limit);
        if (wrong != null) {
          return Judged.brokenBy(Source.CLIENT, e.process() + ": " + wrong);
        }
        most = Math.max(most, Math.min(limit, queue.waiting.size()));
        waited += e.fact() instanceof Fact.Said ? 1 : 0;
      }
    }
    for (Map.Entry<String, Queue> entry : queues.entrySet()) {
      String wrong = tooMany(entry.getValue(), limit);
      if (wrong != null) {
        return Judged.broken(entry.getKey() + ": " + wrong);
      }
    }
    return waited == 0
        ? Judged.unknown("nothing was said")
        : Judged.holds("at most " + most + " of " + limit + " waited");
  }

  private static @Nullable String wrongly(Queue queue, Fact fact, int limit) {
    switch (fact) {
      case Fact.Wrote w when w.id() != null -> queue.leaves(w.id());
      case Fact.Posted p -> queue.leaves(p.id());
      case Fact.Settled s when s.refused() && "queue_full".equals(s.code()) -> {
        queue.refused(s.id());
        if (queue.waiting.size() + queue.cancels.size() < limit) {
          return s.id() + " was refused while " + queue.waiting.size() + " waited";
        }
      }
      case Fact.Settled s -> queue.refused(s.id());
      default -> {
        String wrong = begins(fact) ? tooMany(queue, limit) : null;
        if (wrong != null) {
          return wrong;
        }
      }
    }
    if (fact instanceof Fact.Said s) {
      queue.says(s.id());
    } else if (fact instanceof Fact.Cancelled c) {
      queue.cancels(c.id());
    }
    return null;
  }

  /** What comes from outside: the client has dealt with everything before it. */
  private static boolean begins(Fact fact) {
    return switch (fact) {
      case Fact.Said s -> true;
      case Fact.Cancelled c -> true;
      case Fact.Did d -> true;
      case Fact.Heard h -> true;
      case Fact.Ended e -> true;
      case Fact.Refused r -> true;
      case Fact.Watched w -> true;
      default -> false;
    };
  }

  private static @Nullable String tooMany(Queue queue, int limit) {
    return queue.waiting.size() > limit
        ? queue.waiting.size() + " messages wait, " + limit + " may"
        : null;
  }
}
