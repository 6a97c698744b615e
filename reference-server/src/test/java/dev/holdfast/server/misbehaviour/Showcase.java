package dev.holdfast.server.misbehaviour;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.protocol.server.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** One conversation in memory in which every misbehaviour has its chance to show. */
final class Showcase {
  private final ServerStep machine;
  private final List<String> seen = new ArrayList<>();
  private SessionState state;
  private long moment;
  private String run = "";

  private Showcase(UnaryOperator<ServerStep> wrapper, String session) {
    machine = wrapper.apply(new SessionMachine(ServerConfig.STANDARD));
    state = SessionState.fresh(session, "epoch");
  }

  /** All that a server of this kind puts out, as text. */
  static List<String> of(UnaryOperator<ServerStep> wrapper) {
    Showcase core = new Showcase(wrapper, "core");
    core.playCore();
    Showcase resume = new Showcase(wrapper, "resume");
    resume.playResume();
    core.seen.addAll(resume.seen);
    return core.seen;
  }

  private void playCore() {
    open("c1", Profile.CORE);
    ping("c1");
    say("c1", "m1", "");
    ping("c1");
    say("c1", "m2", "");
    agentAnswers();
    agentAnswers();
    hear("c1", "{nonsense");
    say("c1", "m3", "");
    agentAnswers();
    open("c2", Profile.CORE);
    step(new ServerInput.Closed("c1", 1006, ""));
    say("c2", "m4", "");
    step(new ServerInput.Closed("c2", 1006, ""));
    agentAnswers();
    open("c3", Profile.CORE);
    say("c3", "m4", "");
    for (int i = 0; i < 3; i++) {
      ping("c3");
    }
    step(new ServerInput.Drain(1_000, 1_000, true));
  }

  private void playResume() {
    open("r1", Profile.RESUME);
    hello("r1", 1, 0, "");
    say("r1", "m1", ",\"seq\":1");
    agentAnswers();
    step(new ServerInput.Closed("r1", 1006, ""));
    open("r2", Profile.RESUME);
    hello("r2", 2, 1, ",\"resume_token\":\"token\",\"epoch\":\"epoch\"");
    open("r3", Profile.RESUME);
    hello("r3", 3, 1, ",\"resume_token\":\"guess\"");
  }

  private void open(String connection, Profile profile) {
    step(new ServerInput.Opened(connection, profile, "ana", "token"));
  }

  private void hello(String connection, int attempt, int ack, String more) {
    hear(
        connection,
        String.format(
            Locale.ROOT,
            "{\"type\":\"status\",\"data\":{\"status\":\"hello\",\"client_id\":\"tab\","
                + "\"attempt\":%d,\"ack\":%d,\"capabilities\":[\"tokens\"]%s}}",
            attempt,
            ack,
            more));
  }

  private void ping(String connection) {
    hear(connection, "{\"type\":\"ping\",\"id\":\"p\",\"data\":null}");
  }

  private void say(String connection, String id, String more) {
    String text =
        "{\"type\":\"message\",\"id\":\"" + id + "\"" + more + ",\"data\":{\"content\":\"hi\"}}";
    hear(connection, text);
  }

  private void hear(String connection, String text) {
    step(new ServerInput.Received(connection, Codec.decode(text, Codec.Reading.STRICT)));
  }

  private void agentAnswers() {
    String id = run;
    step(new ServerInput.AgentSaid(id, new AgentEvent.Stage("planning", "Planning", List.of())));
    for (String status : List.of("pending", "running", "completed")) {
      step(new ServerInput.AgentSaid(id, new AgentEvent.Tool("tool", "call", status, null)));
    }
    for (String word : List.of("one ", "two ", "three ", "four ", "five")) {
      step(new ServerInput.AgentSaid(id, new AgentEvent.Delta(word)));
    }
    var answer = new AgentEvent.Answer("one two three four five", List.of());
    step(new ServerInput.AgentSaid(id, answer));
  }

  private void step(ServerInput input) {
    moment++;
    Tick now = new Tick(moment * Tick.NANOS_PER_MS, Instant.EPOCH.plusMillis(moment), moment);
    Step<SessionState, ServerOutput> step = machine.step(state, input, now);
    state = step.state();
    for (ServerOutput output : step.outputs()) {
      seen.add(output.toString());
      if (output instanceof ServerOutput.StartRun start) {
        run = start.runId();
      }
    }
  }
}
