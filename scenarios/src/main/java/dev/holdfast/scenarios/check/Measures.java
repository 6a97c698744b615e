package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts what a history shows of a situation. The processes of the history share one clock, as they
 * do in chaos and in the simulated world of scenarios.
 */
final class Measures {
  private static final long NANOS_PER_MS = 1_000_000;

  private final Map<Measure, Long> counts = new EnumMap<>(Measure.class);
  private final Map<String, Client> clients = new HashMap<>();

  /** What one client is doing. */
  private static final class Client {
    private final Set<String> unanswered = new HashSet<>();
    private boolean connected;
    private boolean dialling;
    private boolean lostBefore;
    private boolean runBegan;
    private boolean answered;
    private boolean replayed;
    private long lostAt = -1;

    boolean inRun() {
      return runBegan && !unanswered.isEmpty();
    }
  }

  Map<Measure, Long> of(History history) {
    long last = 0;
    for (Event e : inTime(history.events())) {
      last = e.nanos();
      switch (e.source()) {
        case CLIENT -> client(clients.computeIfAbsent(e.process(), p -> new Client()), e);
        default -> beside(e.fact());
      }
    }
    for (Client client : clients.values()) {
      back(client, last);
    }
    return counts;
  }

  /** An event, and its place among those of the same moment. */
  private record Placed(Event event, int place) {}

  /**
   * All events by time. Of one moment a fault follows the frame that it waited for, and goes before
   * the end of the connection that it cut; a push comes last, for a client's state leads to it.
   */
  private static List<Event> inTime(List<Event> events) {
    Map<String, Long> endedAt = new HashMap<>();
    List<Placed> placed = new ArrayList<>(events.size());
    for (Event e : events) {
      boolean client = e.source() == Source.CLIENT;
      if (client && (e.fact() instanceof Fact.Ended || e.fact() instanceof Fact.Left)) {
        endedAt.put(e.process(), e.nanos());
      }
      boolean after = client && endedAt.getOrDefault(e.process(), -1L) == e.nanos();
      int place = e.fact() instanceof Fact.Fault ? 1 : after ? 2 : client ? 0 : 3;
      placed.add(new Placed(e, place));
    }
    placed.sort(
        Comparator.comparingLong((Placed p) -> p.event().nanos()).thenComparingInt(Placed::place));
    return placed.stream().map(Placed::event).toList();
  }

  private void client(Client client, Event e) {
    switch (e.fact()) {
      case Fact.Said s -> add(Measure.QUEUED, !client.connected);
      case Fact.Wrote w when w.type().equals("message") && w.sent() && w.id() != null ->
          client.unanswered.add(w.id());
      case Fact.Wrote w when w.type().equals("ping") && w.sent() ->
          add(Measure.PINGED_IN_RUN, client.inRun());
      case Fact.Posted p -> client.unanswered.add(p.id());
      case Fact.Settled s -> settled(client, s.id());
      case Fact.Heard h -> heard(client, h);
      case Fact.Refused r -> add(Measure.TOLD_TO_WAIT, r.retryAfterMs() > 0);
      case Fact.Dialled d -> dialled(client);
      case Fact.Ended x -> ended(client);
      case Fact.Left x -> ended(client);
      case Fact.Shown shown -> shown(client, shown.state() == LinkState.CONNECTED, e.nanos());
      default -> {}
    }
  }

  private void beside(Fact fact) {
    if (fact instanceof Fact.Fault fault && fault.phase().equals("struck")) {
      add(Measure.STRUCK_IN_RUN, clients.values().stream().anyMatch(Client::inRun));
      atMost(Measure.CONNECTED_AT_FAULT, connected());
    } else if (fact instanceof Fact.Did did && did.op().equals("push")) {
      add(Measure.PUSHED_WHILE_AWAY, connected() == 0);
    }
  }

  private long connected() {
    return clients.values().stream().filter(c -> c.connected).count();
  }

  private static void settled(Client client, String id) {
    if (client.unanswered.remove(id)) {
      client.runBegan = false;
    }
  }

  private static void heard(Client client, Fact.Heard heard) {
    Frame frame = heard.frame();
    client.answered |= Frames.isEnd(heard);
    client.replayed |= frame != null && frame.envelope().replay();
    client.runBegan |= !client.unanswered.isEmpty() && isOfRun(heard);
  }

  /**
   * Whether a frame tells that the server took a message: no greeting, pong, error or echo does.
   */
  private static boolean isOfRun(Fact.Heard heard) {
    Frame frame = heard.frame();
    if (frame == null) {
      return heard.longAnswer();
    }
    Body body = frame.body();
    return body instanceof Status.Processing
        || body instanceof Status.Ack
        || body instanceof ToolExecution
        || (body instanceof Message m && !m.isEcho());
  }

  private void dialled(Client client) {
    add(Measure.ATTEMPTS_FAILED, client.dialling);
    add(Measure.DIALLED_AGAIN, client.lostBefore);
    add(Measure.DIALLED_BESIDE, connected() > (client.connected ? 1 : 0));
    client.dialling = true;
  }

  private void ended(Client client) {
    add(Measure.CUT_IN_RUN, client.inRun());
    add(Measure.CUT_AFTER_ANSWER, client.answered);
    add(Measure.CUT_AFTER_REPLAY, client.replayed);
    client.answered = false;
    client.replayed = false;
    client.lostBefore = true;
  }

  private void shown(Client client, boolean connected, long nanos) {
    if (connected) {
      client.dialling = false;
      back(client, nanos);
    } else if (client.connected) {
      client.lostAt = nanos;
    }
    client.connected = connected;
  }

  private void back(Client client, long nanos) {
    if (client.lostAt >= 0) {
      atMost(Measure.AWAY_MS, (nanos - client.lostAt) / NANOS_PER_MS);
      client.lostAt = -1;
    }
  }

  private void add(Measure measure, boolean happened) {
    if (happened) {
      counts.merge(measure, 1L, Long::sum);
    }
  }

  private void atMost(Measure measure, long count) {
    counts.merge(measure, count, Math::max);
  }
}
