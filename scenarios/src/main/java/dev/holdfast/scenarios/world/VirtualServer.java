package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import dev.holdfast.server.agent.Performance;
import dev.holdfast.server.agent.Script;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The server of the simulated world: the real session machine, a store in memory, an agent. */
final class VirtualServer {
  /** How long the scripted agent takes when its message does not say. */
  private static final long DEFAULT_RUN_MS = 30;

  private final Agenda agenda;
  private final ServerStep step;
  private final Map<String, SessionState> sessions = new TreeMap<>();
  private final Map<String, VirtualLink> links = new HashMap<>();
  private final Map<String, Long> wakeAt = new HashMap<>();
  private final Set<String> cancelled = new HashSet<>();
  private int life;

  VirtualServer(Agenda agenda, ServerStep step) {
    this.agenda = agenda;
    this.step = step;
  }

  /** All that was in memory is gone, and no run goes on. */
  void crash() {
    sessions.clear();
    links.clear();
    wakeAt.clear();
    life++;
  }

  void opened(VirtualLink link, Profile profile, String user) {
    links.put(link.serverName(), link);
    tell(
        link.session(),
        new ServerInput.Opened(link.serverName(), profile, user, agenda.name("token-")));
  }

  void received(VirtualLink link, String text) {
    tell(
        link.session(),
        new ServerInput.Received(link.serverName(), Codec.decode(text, Codec.Reading.STRICT)));
  }

  void closed(VirtualLink link, int code, String reason) {
    links.remove(link.serverName());
    tell(link.session(), new ServerInput.Closed(link.serverName(), code, reason));
  }

  private void tell(String session, ServerInput input) {
    SessionState before = sessions.get(session);
    if (before == null) {
      before = SessionState.fresh(session, agenda.name("epoch-"));
    }
    Step<SessionState, ServerOutput> next = step.step(before, input, agenda.tick());
    sessions.put(session, next.state());
    next.outputs().forEach(output -> carryOut(session, output));
  }

  private void carryOut(String session, ServerOutput output) {
    switch (output) {
      case ServerOutput.Send s -> {
        VirtualLink link = links.get(s.connection());
        if (link != null) {
          link.toClient(s.frame());
        }
      }
      case ServerOutput.Close c -> {
        VirtualLink link = links.remove(c.connection());
        if (link != null) {
          link.closedByServer(c.code(), c.reason());
        }
      }
      case ServerOutput.StartRun r -> perform(session, r);
      case ServerOutput.CancelRun c -> cancelled.add(c.runId());
      case ServerOutput.WakeAt w -> wakeAt(session, w.nanos());
      case ServerOutput.Forget f -> sessions.remove(session);
      case ServerOutput.Reply r -> {}
      case ServerOutput.Audit a -> {}
    }
  }

  private void wakeAt(String session, long nanos) {
    wakeAt.put(session, nanos);
    agenda.at(
        nanos,
        () -> {
          if (Long.valueOf(nanos).equals(wakeAt.get(session))) {
            tell(session, new ServerInput.Woken());
          }
        });
  }

  /** The agent says the same as on real sockets, evenly spread over the run's time. */
  private void perform(String session, ServerOutput.StartRun run) {
    Script script = Script.of(run.content());
    List<AgentEvent> events = Performance.of(script);
    int begunIn = life;
    long total = script.slowMs() == Script.UNSAID ? DEFAULT_RUN_MS : script.slowMs();
    for (int i = 0; i < events.size(); i++) {
      AgentEvent event = events.get(i);
      agenda.in(
          total * (i + 1) / events.size(),
          () -> {
            if (begunIn == life && !cancelled.contains(run.runId())) {
              tell(session, new ServerInput.AgentSaid(run.runId(), event));
            }
          });
    }
  }
}
