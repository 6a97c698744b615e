package dev.holdfast.protocol.spec;

import dev.holdfast.protocol.rules.ServerBench;
import dev.holdfast.protocol.rules.Wire;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.protocol.server.SessionState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every way of a connection and of a run on the server, found by trying every deed in each state.
 */
final class ServerStates {
  private ServerStates() {}

  private static ServerBench bench() {
    ServerStep machine = new SessionMachine(ServerConfig.STANDARD);
    return new ServerBench(machine);
  }

  static Diagram connections() {
    Diagram diagram = new Diagram();
    Map<String, Consumer<ServerBench>> ways = new LinkedHashMap<>();
    ways.put("AwaitingHello", ServerBench::open);
    ways.put("Greeted", ServerBench::joined);
    ways.put(
        "Draining",
        s -> {
          s.joined().message(1, "m1", "hi");
          s.tell(new ServerInput.Drain(0, 60_000, false));
        });
    diagram.saw("[*]", "handshake with the subprotocol", "AwaitingHello");
    diagram.saw("[*]", "handshake without, greeted at once", state(way(ServerBench::openCore)));
    for (var way : ways.entrySet()) {
      for (var deed : deeds().entrySet()) {
        ServerBench s = way(way.getValue());
        deed.getValue().accept(s);
        diagram.saw(way.getKey(), deed.getKey(), state(s));
      }
    }
    return diagram;
  }

  private static ServerBench way(Consumer<ServerBench> there) {
    ServerBench s = bench();
    there.accept(s);
    return s;
  }

  private static Map<String, Consumer<ServerBench>> deeds() {
    Map<String, Consumer<ServerBench>> deeds = new LinkedHashMap<>();
    deeds.put(
        "good hello",
        s -> {
          if (state(s).equals("AwaitingHello")) {
            onWire(w -> w.hello("tab1", 1, null, null, 0)).accept(s);
          }
        });
    deeds.put(
        "a second hello",
        s -> {
          if (!state(s).equals("AwaitingHello")) {
            onWire(w -> w.hello("tab1", 2, null, null, 0)).accept(s);
          }
        });
    deeds.put(
        "anything but a hello",
        s -> {
          if (state(s).equals("AwaitingHello")) {
            onWire(w -> w.ack(0)).accept(s);
          }
        });
    deeds.put(
        "ack beyond what was sent",
        s -> {
          if (!state(s).equals("AwaitingHello")) {
            onWire(w -> w.ack(99)).accept(s);
          }
        });
    deeds.put(
        "gap",
        s -> {
          if (state(s).equals("Greeted")) {
            onWire(w -> w.message(9, "m9", "hi")).accept(s);
          }
        });
    deeds.put("silence", s -> s.pass(80_000));
    deeds.put("the peer closes", onWire(Wire::lost));
    deeds.put(
        "outbound limit", onWire(w -> {}).andThen(s -> s.tell(new ServerInput.Overflowed("c1"))));
    deeds.put(
        "taken over",
        s -> {
          if (s.session.access() != null) {
            s.open().hello("tab9", 1, s.session.access().token(), null, 0);
          }
        });
    deeds.put(
        "drain, runs go on",
        s -> {
          if (state(s).equals("Greeted")) {
            onWire(w -> w.message(1, "m1", "hi")).accept(s);
            s.tell(new ServerInput.Drain(0, 300_000, false));
          }
        });
    deeds.put(
        "drain, nothing runs",
        s -> {
          if (state(s).equals("Greeted")) {
            s.tell(new ServerInput.Drain(0, 300_000, false));
          }
        });
    deeds.put(
        "the last run ends",
        s -> {
          if (!s.started.isEmpty()) {
            s.answers("done");
          }
        });
    return deeds;
  }

  private static Consumer<ServerBench> onWire(Consumer<Wire> deed) {
    return s -> deed.accept(s.wires().getFirst());
  }

  private static String state(ServerBench s) {
    Wire wire = s.wires().getFirst();
    if (wire.closed != null) {
      return "Closed" + wire.closed;
    }
    boolean known = s.session.connections().stream().anyMatch(c -> c.id().equals("c1"));
    if (!known) {
      return "Closed";
    }
    String greeted = s.session.draining() == null ? "Greeted" : "Draining";
    return wire.got.isEmpty() ? "AwaitingHello" : greeted;
  }

  static Diagram runs() {
    Diagram diagram = new Diagram();
    Map<String, Consumer<ServerBench>> deeds = new LinkedHashMap<>();
    deeds.put("answer", said(new AgentEvent.Answer("done", List.of())));
    deeds.put("agent failed", said(new AgentEvent.Failed("no")));
    deeds.put(
        "its turn comes",
        s -> {
          s.tell(
              new ServerInput.AgentSaid(s.session.runs().get(0).id(), new AgentEvent.Failed("no")));
        });
    deeds.put(
        "run_timeout_ms",
        s -> {
          s.pass(121_000);
        });
    deeds.put(
        "cancelled",
        s -> {
          long seq = s.session.clients().values().iterator().next().processed() + 1;
          s.wires().getFirst().cancel(seq, last(s.session).id());
        });
    deeds.put(
        "the server stops",
        s -> {
          s.tell(new ServerInput.Drain(0, 0, true));
        });
    for (int queue = 0; queue < 2; queue++) {
      for (var deed : deeds.entrySet()) {
        ServerBench s = bench();
        Wire w = s.joined().message(1, "m1", "hi");
        if (queue == 1) {
          w.message(2, "m2", "hi");
        }
        Run run = last(s.session);
        String before = run.started() ? "Running" : "Queued";
        diagram.saw("[*]", queue == 0 ? "accepted, nothing runs" : "accepted", before);
        if (queue == 1 || !deed.getKey().equals("its turn comes")) {
          deed.getValue().accept(s);
          diagram.saw(before, deed.getKey(), after(s.session, run.id()));
        }
      }
    }
    ServerBench s = bench();
    s.joined().message(1, "m1", "hi").message(2, "m2", "hi");
    Run run = last(s.session);
    s.wires().getFirst().cancel(3, run.id());
    String doomed = after(s.session, run.id());
    s.answers("done");
    diagram.saw(doomed, "its turn comes", after(s.session, run.id()));
    return diagram;
  }

  private static Consumer<ServerBench> said(AgentEvent event) {
    return s -> {
      s.tell(new ServerInput.AgentSaid(last(s.session).id(), event));
    };
  }

  private static Run last(SessionState session) {
    return session.runs().get(session.runs().size() - 1);
  }

  private static String after(SessionState session, String run) {
    for (Run r : session.runs()) {
      if (r.id().equals(run)) {
        return r.doomed() != null ? "Doomed" : r.started() ? "Running" : "Queued";
      }
    }
    return session.remembered().stream()
        .filter(r -> r.runId().equals(run))
        .map(r -> r.error() == null ? "Completed" : "Failed_" + r.error().code())
        .findFirst()
        .orElse("Gone");
  }
}
