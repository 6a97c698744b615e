package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a person is shown goes only from state to state as the client's diagram does. */
final class StatesAllowed implements Checker {

  /** What may follow what; a person who presses Retry begins again from anywhere. */
  private static final Map<LinkState, Set<LinkState>> NEXT = new EnumMap<>(LinkState.class);

  static {
    NEXT.put(LinkState.DISCONNECTED, EnumSet.of(LinkState.CONNECTING, LinkState.DISCONNECTED));
    NEXT.put(LinkState.CONNECTING, EnumSet.allOf(LinkState.class));
    NEXT.put(
        LinkState.CONNECTED,
        EnumSet.of(LinkState.RECONNECTING, LinkState.DISCONNECTED, LinkState.CONNECTING));
    NEXT.put(LinkState.RECONNECTING, EnumSet.allOf(LinkState.class));
  }

  @Override
  public String name() {
    return "states_allowed";
  }

  @Override
  public String requirement() {
    return "The states that a person is shown follow one another as the diagram allows.";
  }

  @Override
  public String premise() {
    return "A state of the connection was shown.";
  }

  @Override
  public Judged judge(History history) {
    Map<String, LinkState> shown = new HashMap<>();
    Set<String> left = new HashSet<>();
    int steps = 0;
    for (Event e : history.events()) {
      if (e.source() == Source.CLIENT && dialsAfterGoodbye(left, e)) {
        return Judged.brokenBy(Source.CLIENT, e.process() + ": it connects though its person left");
      }
      if (e.source() != Source.CLIENT || !(e.fact() instanceof Fact.Shown s)) {
        continue;
      }
      LinkState before = shown.put(e.process(), s.state());
      LinkState from = before == null ? LinkState.DISCONNECTED : before;
      if (!NEXT.getOrDefault(from, Set.of()).contains(s.state())) {
        return Judged.brokenBy(
            Source.CLIENT, e.process() + ": " + from.word() + " became " + s.state().word());
      }
      steps++;
    }
    return steps == 0 ? Judged.unknown("no state was shown") : Judged.holds(steps + " steps");
  }

  private static boolean dialsAfterGoodbye(Set<String> left, Event e) {
    switch (e.fact()) {
      case Fact.Did d when d.op().equals("disconnect") || d.op().equals("close") ->
          left.add(e.process());
      case Fact.Did d when d.op().equals("connect") || d.op().equals("retry") ->
          left.remove(e.process());
      default -> {}
    }
    return e.fact() instanceof Fact.Dialled && left.contains(e.process());
  }
}
