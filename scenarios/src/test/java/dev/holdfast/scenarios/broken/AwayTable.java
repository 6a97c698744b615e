package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.broken.Twin;
import dev.holdfast.protocol.broken.Twins;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Servers that fail a client that is away, comes by HTTP or talks while the server drains, and logs
 * that lack something; each in a situation that its case brings about first.
 */
final class AwayTable {
  private static final String DRAIN_CUTS_RUNS = "drain-drops-runs";

  static final List<BrokenTwin> ALL =
      Stream.of(away(), drains(), Logs.ALL).flatMap(List::stream).toList();

  private AwayTable() {}

  private static List<BrokenTwin> away() {
    return List.of(
        bent(
            "replays-before-the-greeting",
            "Sends what it retained before it greets.",
            good ->
                (state, input, now) -> {
                  var step = good.step(state, input, now);
                  return new Step<>(step.state(), greetedLast(step.outputs()));
                },
            "queue/replayed-after-the-greeting"),
        bent(
            "stale-pongs-before-the-greeting",
            "Begins each connection with the pongs that an earlier one asked for.",
            StalePongs::new,
            "queue/replayed-after-the-greeting"),
        bent(
            "bursts-and-forgets-the-newer",
            "Sends the frames of a run together, to nobody once an older connection has ended.",
            good -> new Bursts(Misbehaviour.named("late-close-unregisters-newer").apply(good)),
            "session/stale-close-is-harmless/older-fin-in-a-run",
            "session/stale-close-is-harmless/older-*-in-a-run"),
        bent(
            "posts-overtake",
            "Answers a POST at once, whatever is in progress.",
            AwayTable::answersAtOnce,
            "http/same-order"));
  }

  private static List<BrokenTwin> drains() {
    Twin cuts =
        Twins.EVERY.stream()
            .filter(t -> t.name().equals(DRAIN_CUTS_RUNS))
            .findFirst()
            .orElseThrow();
    return List.of(
        bent(cuts.name(), cuts.says(), cuts::bendServer, cuts.clauses().toArray(String[]::new)),
        bent(
            "drains-in-words-only",
            "Announces a drain and goes on taking messages.",
            good ->
                (state, input, now) ->
                    input instanceof ServerInput.Drain drain
                        ? new Step<>(
                            state,
                            state.connections().stream()
                                .<ServerOutput>map(c -> announced(c.id(), drain))
                                .toList())
                        : good.step(state, input, now),
            "rollout/drain-accepts-nothing-new",
            "rollout/core-drain-is-told"),
        meddled(
            "a-lower-share-cuts",
            "Closes the open connections when the flag is turned.",
            CutsOnRollout::new,
            "rollout/read-at-the-handshake"),
        meddled(
            "calls-a-drain-busy",
            "Refuses a handshake in a drain with another code.",
            Rewrites.body("\"code\":\"draining\"", "\"code\":\"busy\""),
            "transport/draining-is-503"),
        meddled(
            "names-no-time-to-come-back",
            "Leaves Retry-After out of a refusal.",
            Rewrites.answer("(?i)\r\nretry-after: [^\r]*", ""),
            "transport/retry-after-on-refusal"));
  }

  private static ServerOutput announced(String connection, ServerInput.Drain drain) {
    Envelope envelope = Envelope.at("2026-03-01T09:00:00.000Z");
    return new ServerOutput.Send(
        connection, new Frame(envelope, new Status.Drain(drain.retryAfterMs())));
  }

  private static List<ServerOutput> greetedLast(List<ServerOutput> outputs) {
    List<ServerOutput> bent = new ArrayList<>(outputs);
    List<ServerOutput> greetings = outputs.stream().filter(AwayTable::isGreeting).toList();
    bent.removeAll(greetings);
    bent.addAll(greetings);
    return bent;
  }

  static boolean isGreeting(ServerOutput output) {
    return output instanceof ServerOutput.Send s && s.frame().body() instanceof Status.Connected;
  }

  static boolean isPong(ServerOutput output) {
    return output instanceof ServerOutput.Send s && s.frame().body() instanceof Body.Pong;
  }

  private static ServerStep answersAtOnce(ServerStep good) {
    return (state, input, now) ->
        input instanceof ServerInput.Posted posted && !state.runs().isEmpty()
            ? new Step<>(state, List.of(new ServerOutput.Reply(posted.request(), done())))
            : good.step(state, input, now);
  }

  private static HttpReply done() {
    return new HttpReply.Ended(
        new SnapshotRun(
            "run-at-once", null, SnapshotRun.COMPLETED, "Done.", List.of(), List.of(), null));
  }

  private static BrokenTwin bent(
      String name, String sentence, UnaryOperator<ServerStep> bend, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Bent(() -> bend));
  }

  private static BrokenTwin meddled(
      String name, String sentence, Supplier<Meddling> meddling, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Meddled(meddling));
  }
}
