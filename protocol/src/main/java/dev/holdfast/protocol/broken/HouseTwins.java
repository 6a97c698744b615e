package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentServer.frame;
import static dev.holdfast.protocol.broken.BentServer.hears;
import static dev.holdfast.protocol.broken.BentServer.ignores;
import static dev.holdfast.protocol.broken.BentServer.knows;
import static dev.holdfast.protocol.broken.BentServer.outputs;
import static dev.holdfast.protocol.broken.BentServer.rearranges;
import static dev.holdfast.protocol.broken.BentServer.remembers;
import static dev.holdfast.protocol.broken.BentServer.says;
import static dev.holdfast.protocol.broken.BentServer.withholds;
import static dev.holdfast.protocol.broken.BentServer.without;
import static dev.holdfast.protocol.broken.Twin.server;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.Retention;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pcollections.TreePVector;

/** Servers that keep connections, runs or what waits in a wrong way; most in both profiles. */
final class HouseTwins {
  private HouseTwins() {}

  static final List<Twin> ALL =
      List.of(
          server(
              "late-close-unregisters-newer",
              "session/stale-close-is-harmless",
              "Takes the end of an old connection for the end of the session's newer one.",
              remembers((step, in) ->
                  in instanceof ServerInput.Closed
                      ? Change.house(
                          step.state(),
                          TreePVector.<Connection>empty(),
                          step.state().runs(),
                          step.state().retention())
                      : step.state())),
          server(
              "resume-works-only-once",
              "resume/replays-exactly-what-was-missed",
              "Replays nothing to a client that comes back a second time.",
              hears((s, f) ->
                  f.body() instanceof Status.Hello h && h.attempt() > 2 && h.ack() < s.topSeq()
                      ? new Frame(
                          f.envelope(),
                          Change.hello(h, h.attempt(), h.epoch(), s.topSeq(), h.capabilities()))
                      : f)),
          server(
              "pong-behind-the-run",
              "heartbeat/pong-while-busy",
              "Overlooks pings while a run goes on.",
              ignores((s, in) -> frame(in).body() instanceof Body.Ping && !s.runs().isEmpty())),
          server(
              "swallows-pongs",
              "heartbeat/ping-is-answered",
              "Never answers a ping.",
              withholds(f -> f.body() instanceof Body.Pong)),
          server(
              "replay-reorders",
              "queue/replayed-in-order",
              "Replays the newest first.",
              rearranges(HouseTwins::newestFirst)),
          server(
              "replays-twice",
              "queue/replayed-once",
              "Replays each frame twice.",
              outputs(o ->
                  o instanceof ServerOutput.Send s && s.frame().envelope().replay()
                      ? List.of(o, o)
                      : List.of(o))),
          server(
              "two-terminals",
              "conversation/one-terminal-frame",
              "Ends each run twice.",
              outputs(o ->
                  o instanceof ServerOutput.Send s && s.frame().endsRun()
                      ? List.of(o, o)
                      : List.of(o))),
          server(
              "never-answers",
              "conversation/one-terminal-frame",
              "Lets no answer leave.",
              withholds(f -> f.body() instanceof Message m && m.isAnswer())),
          server(
              "empty-answers",
              "conversation/one-terminal-frame",
              "Answers with nothing.",
              says(Message.class, m -> m.isAnswer() ? Message.answer("", m.artifacts()) : m)),
          server(
              "tool-after-terminal",
              "conversation/nothing-after-the-terminal",
              "Tells of a tool behind the end of its run.",
              outputs(o ->
                  o instanceof ServerOutput.Send s && s.frame().endsRun()
                      ? List.of(o, late(s))
                      : List.of(o))),
          server(
              "forgets-who-is-away",
              "queue/retained-while-away",
              "Keeps nothing while nobody is there.",
              remembers((step, in) ->
                  step.state().connections().isEmpty()
                      ? Change.house(
                          step.state(),
                          step.state().connections(),
                          step.state().runs(),
                          new Retention(TreePVector.empty(), 0, 0, false))
                      : step.state())),
          server(
              "queue-dies-with-its-socket",
              "conversation/one-terminal-frame",
              "Forgets what waits for its turn when a connection ends.",
              remembers((step, in) ->
                  in instanceof ServerInput.Closed && step.state().runs().size() > 1
                      ? Change.house(
                          step.state(),
                          step.state().connections(),
                          TreePVector.<Run>singleton(step.state().runs().get(0)),
                          step.state().retention())
                      : step.state())),
          server(
              "run-dies-with-its-socket",
              "conversation/one-terminal-frame",
              "Loses what the agent says while nobody is connected.",
              ignores((s, in) -> in instanceof ServerInput.AgentSaid && s.connections().isEmpty())),
          server(
              "no-greeting",
              "conversation/greets-first",
              "Never sends the greeting.",
              withholds(f -> f.body() instanceof Status.Connected)),
          server(
              "drain-drops-runs",
              "rollout/drain-lets-runs-finish",
              "Forgets its runs when it is told to drain.",
              dropsRuns()),
          server(
              "undrain-is-overheard",
              "rollout/kill-switch-loses-nothing",
              "Goes on draining when the flag is on again.",
              ignores((s, in) -> in instanceof ServerInput.Undrain)),
          server(
              "posts-work-again",
              "resume/later-comer-starts-nothing",
              "Works once more on a POST whose id it knows.",
              knows((s, in) ->
                  in instanceof ServerInput.Posted p && p.id() != null
                      ? Change.claims(s, s.claims().minus(p.id()))
                      : s)),
          server(
              "posts-get-no-reply",
              "http/chat-response",
              "Never answers a POST.",
              without(o -> o instanceof ServerOutput.Reply)));

  private static UnaryOperator<ServerStep> dropsRuns() {
    return knows((s, in) ->
        in instanceof ServerInput.Drain
            ? Change.house(s, s.connections(), TreePVector.<Run>empty(), s.retention())
            : s);
  }

  private static List<ServerOutput> newestFirst(List<ServerOutput> outputs) {
    List<ServerOutput> replayed =
        new ArrayList<>(outputs.stream().filter(HouseTwins::isReplay).toList());
    return outputs.stream().map(o -> isReplay(o) ? replayed.removeLast() : o).toList();
  }

  private static boolean isReplay(ServerOutput output) {
    return output instanceof ServerOutput.Send s && s.frame().envelope().replay();
  }

  private static ServerOutput late(ServerOutput.Send end) {
    Envelope envelope = end.frame().envelope().withSeq(Envelope.ABSENT);
    var tool = new ToolExecution("late", "call-late", ToolExecution.COMPLETED, null);
    return new ServerOutput.Send(end.connection(), new Frame(envelope, tool));
  }
}
