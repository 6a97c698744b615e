package dev.holdfast.scenarios.broken.client;

import static dev.holdfast.scenarios.broken.client.ClientBends.bent;
import static dev.holdfast.scenarios.broken.client.ClientBends.changes;
import static dev.holdfast.scenarios.broken.client.ClientBends.comes;
import static dev.holdfast.scenarios.broken.client.ClientBends.crashes;
import static dev.holdfast.scenarios.broken.client.ClientBends.does;
import static dev.holdfast.scenarios.broken.client.ClientBends.frame;
import static dev.holdfast.scenarios.broken.client.ClientBends.hears;
import static dev.holdfast.scenarios.broken.client.ClientBends.ignores;
import static dev.holdfast.scenarios.broken.client.ClientBends.knows;
import static dev.holdfast.scenarios.broken.client.ClientBends.limits;
import static dev.holdfast.scenarios.broken.client.ClientBends.overhears;
import static dev.holdfast.scenarios.broken.client.ClientBends.sends;
import static dev.holdfast.scenarios.broken.client.ReconnectClients.core;
import static dev.holdfast.scenarios.broken.client.ReconnectClients.resume;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.scenarios.broken.BrokenClients;
import dev.holdfast.scenarios.broken.client.ClientBends.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Clients that ping, queue, deliver or move to HTTP in a wrong way. */
final class TalkClients {
  private static final String SKIPS = "envelope/client-skips-the-unexpected/";
  private static final long LATEST = findLatest();

  static final List<ClientTwin> ALL =
      List.of(
          core(
              "crashes-on-what-is-no-frame",
              "Throws at a text that it cannot read as a frame.",
              SKIPS
                  + "unknown-type "
                  + SKIPS
                  + "names-of-events "
                  + SKIPS
                  + "not-a-frame "
                  + SKIPS
                  + "deep-nesting",
              crashes((s, in) ->
                  in instanceof ClientInput.Received r
                      && r.decoded() instanceof Decoded.Violation)),
          core(
              "crashes-on-unknown-status",
              "Throws at a status that it does not know.",
              SKIPS + "unknown-status",
              crashes((s, in) -> comes(in, f -> f.body() instanceof Status.Other))),
          core(
              "crashes-on-unasked-tools",
              "Throws at a tool of a run that it does not know.",
              SKIPS + "unasked-tool",
              crashes((s, in) ->
                  comes(in, f -> f.body() instanceof ToolExecution)
                      && s.outbox().written().isEmpty())),
          core(
              "crashes-on-unasked-pongs",
              "Throws at a pong to no ping.",
              SKIPS + "unasked-pong",
              crashes((s, in) ->
                  comes(
                      in,
                      f ->
                          f.body() instanceof Body.Pong
                              && "nobody-asked".equals(f.envelope().replyTo())))),
          core(
              "answers-errors",
              "Answers each error by an error.",
              "envelope/errors-are-not-answered",
              does((in, outputs) -> {
                List<ClientOutput> more = new ArrayList<>(outputs);
                Frame error = frame(in);
                if (in instanceof ClientInput.Received r
                    && error != null
                    && error.body() instanceof Failure) {
                  Frame answer = new Frame(Envelope.EMPTY, error.body());
                  more.add(new ClientOutput.Send(r.connection(), answer));
                }
                return more;
              })),
          resume(
              "any-error-ends-the-run",
              "Takes an error without a run for the end of the run that waits.",
              "envelope/error-without-run-id-ends-nothing",
              hears((s, f) ->
                  f.body() instanceof Failure
                          && f.envelope().runId() == null
                          && !s.outbox().written().isEmpty()
                      ? f.with(f.envelope().withRun(s.outbox().written().get(0).runId()))
                      : f)),
          core(
              "busy-ends-the-run",
              "Takes an error of any code for the end of the oldest run.",
              "envelope/core-error-ends-oldest-run",
              hears((s, f) ->
                  f.body() instanceof Failure && !s.outbox().written().isEmpty()
                      ? f.with(f.envelope().withReplyTo(s.outbox().written().get(0).id()))
                      : f)),
          resume(
              "ids-from-words",
              "Makes ids from the words of a message.",
              "conversation/retry-is-a-new-id",
              sends(f ->
                  f.body() instanceof Message m && m.content() != null
                      ? f.with(f.envelope().withId(hashed(m.content())))
                      : f)),
          core(
              "shows-an-end-again",
              "Shows a run's end as often as it comes.",
              "rollout/terminal-is-shown-once/repeated-by-the-server",
              knows((s, in) -> ClientBends.forgetsRuns(s))),
          core(
              "never-pongs",
              "Does not answer pings.",
              "heartbeat/client-answers-pings",
              sends(f -> f.body() instanceof Body.Pong ? null : f)),
          resume(
              "pongs-name-nothing",
              "Does not say which ping it answers.",
              "heartbeat/pong-names-its-ping",
              sends(
                  f -> f.body() instanceof Body.Pong ? f.with(f.envelope().withReplyTo(null)) : f)),
          core(
              "never-pings",
              "Sends no pings.",
              "heartbeat/client-pings",
              sends(f -> f.body() instanceof Body.Ping ? null : f)),
          resume(
              "pings-are-all-alike",
              "Sends pings without an id.",
              "heartbeat/ping-has-an-id",
              sends(f -> f.body() instanceof Body.Ping ? f.with(f.envelope().withId(null)) : f)),
          core(
              "keeps-its-own-interval",
              "Does not read the interval of the greeting.",
              "heartbeat/server-interval-wins",
              limits(c -> {
                Limits l = Limits.of(c);
                return new Limits(
                    true, l.connectMs(), l.queue(), l.unacked(), l.frameBytes(), l.asks());
              })),
          core(
              "first-ping-after-an-interval",
              "Waits a whole interval for its first ping.",
              "heartbeat/first-ping-is-spread",
              bent(sound ->
                  (s, in, now) ->
                      sound.step(s, in, new Tick(now.monotonicNanos(), now.wall(), LATEST)))),
          core(
              "trusts-every-link",
              "Trusts an open connection for ever.",
              "heartbeat/dead-link-is-left/idle",
              BrokenClients::neverNotices),
          core(
              "trusts-a-link-during-a-run",
              "Does not watch its link while it waits for an answer.",
              "heartbeat/dead-link-is-left/mid-run",
              config -> {
                ClientStep sound = new ClientMachine(config);
                ClientStep trusting = BrokenClients.neverNotices(config);
                return (s, in, now) ->
                    (s.outbox().written().isEmpty() ? sound : trusting).step(s, in, now);
              }),
          core(
              "leaves-with-another-code",
              "Closes a dead link with 1000.",
              "heartbeat/silence-closes-4000",
              changes(o ->
                  o instanceof ClientOutput.Close c && c.code() == 4000
                      ? new ClientOutput.Close(c.connection(), 1000, "")
                      : o)),
          core(
              "only-pongs-are-life",
              "Leaves a link on which everything but a pong comes.",
              "heartbeat/any-frame-is-life/other-frames",
              overhears((s, f) -> f.body() instanceof Status.Other)),
          core(
              "pongs-are-no-life",
              "Leaves a link on which nothing but pongs comes.",
              "heartbeat/any-frame-is-life/late-pong",
              overhears((s, f) -> f.body() instanceof Body.Pong)),
          core(
              "old-timer-strikes",
              "Leaves a connection because an older one gave no answer.",
              "heartbeat/timers-belong-to-the-connection",
              TalkClients::oldTimer),
          core(
              "sends-newest-first",
              "Sends what waited newest first.",
              "queue/hundred-wait-in-order/while-connecting"
                  + " queue/hundred-wait-in-order/while-reconnecting queue/none-overtakes",
              BrokenClients::sendsNewestFirst),
          core(
              "speaks-into-the-void",
              "Loses what is said between two connections.",
              "queue/hundred-wait-in-order/while-reconnecting"
                  + " queue/hundred-wait-in-order/while-closing",
              ignores(
                  (s, in) -> in instanceof ClientInput.Say && s.phase() instanceof Phase.Waiting)),
          core(
              "queues-without-bound",
              "Refuses nothing, however much waits.",
              "queue/hundred-and-first-is-refused",
              limits(c -> {
                Limits l = Limits.of(c);
                return new Limits(
                    false, l.connectMs(), 100_000, l.unacked(), l.frameBytes(), l.asks());
              })),
          core(
              "drops-the-oldest",
              "Makes room for the newest by dropping the oldest.",
              "queue/nothing-queued-is-dropped queue/hundred-and-first-is-refused",
              BrokenClients::dropsTheOldest),
          core(
              "writes-again",
              "Writes on each connection once more what it wrote before.",
              "queue/none-overtakes/flush-into-a-dying-socket",
              BrokenClients::writesAgain),
          resume(
              "writes-without-bound",
              "Writes on although nothing is acknowledged.",
              "queue/hundred-in-flight",
              limits(c -> {
                Limits l = Limits.of(c);
                return new Limits(
                    false, l.connectMs(), l.queue(), 100_000, l.frameBytes(), l.asks());
              })),
          core(
              "sends-any-size",
              "Sends messages of any size.",
              "transport/client-refuses-oversize",
              limits(c -> {
                Limits l = Limits.of(c);
                return new Limits(false, l.connectMs(), l.queue(), l.unacked(), 1L << 30, l.asks());
              })),
          resume(
              "drains-cost-the-token",
              "Drops its token after 4002 and 4004.",
              "close/40xx-reconnects-and-resumes",
              ClientBends.closes(code -> code == 4002 || code == 4004 ? 4100 : code)),
          resume(
              "skips-replays",
              "Takes replayed frames for ones that it has seen.",
              "resume/next-is-delivered/replayed",
              overhears((s, f) -> f.envelope().replay())),
          resume(
              "acks-what-it-hides",
              "Acknowledges frames that it does not hand on.",
              "resume/client-acks-what-was-delivered",
              does((in, outputs) ->
                  outputs.stream()
                      .filter(o ->
                          !(o instanceof ClientOutput.Deliver d && d.frame().envelope().seq() == 7))
                      .toList())),
          core(
              "never-asks-for-its-transport",
              "Does not ask /api/transport.",
              "reconnect/transport-is-asked-first",
              limits(c -> {
                Limits l = Limits.of(c);
                return new Limits(
                    false, l.connectMs(), l.queue(), l.unacked(), l.frameBytes(), false);
              })),
          core(
              "a-refusal-is-an-end",
              "Gives up a message that a draining server refused.",
              "rollout/core-drain-keeps-the-message",
              overhears((s, f) ->
                  f.body() instanceof Failure failure && "draining".equals(failure.code()))),
          core(
              "written-is-forgotten",
              "Forgets what it wrote when the connection ends.",
              "rollout/client-keeps-until-ended",
              knows((s, in) ->
                  in instanceof ClientInput.Closed
                      ? ClientBends.outbox(
                          s, new Outbox(ClientBends.nothing().written(), s.outbox().waiting()))
                      : s)),
          core(
              "queue-goes-first",
              "POSTs what waited before what it wrote.",
              "rollout/http-gets-the-kept-first",
              knows((s, in) -> in instanceof ClientInput.Closed ? turned(s) : s)),
          core(
              "posts-at-once",
              "POSTs each message twice at one time.",
              "rollout/http-one-at-a-time",
              does((in, outputs) -> {
                List<ClientOutput> more = new ArrayList<>(outputs);
                outputs.stream().filter(ClientOutput.Post.class::isInstance).forEach(more::add);
                return more;
              })),
          core(
              "posts-under-another-id",
              "Gives a message another id over HTTP.",
              "rollout/http-keeps-ids",
              changes(o ->
                  o instanceof ClientOutput.Post p
                      ? new ClientOutput.Post(p.id() + "-http", p.content(), p.token())
                      : o)),
          core(
              "posts-new-ones-at-once",
              "POSTs what is said while others wait at once.",
              "rollout/http-new-ones-queue-behind",
              does((in, outputs) -> {
                List<ClientOutput> more = new ArrayList<>(outputs);
                if (in instanceof ClientInput.Say s && s.content().equals("late")) {
                  more.addFirst(new ClientOutput.Post(s.id(), s.content(), null));
                }
                return more;
              })),
          core(
              "queue-stays-behind",
              "Leaves what waited behind when it moves to HTTP.",
              "rollout/kill-switch-loses-nothing",
              knows((s, in) ->
                  in instanceof ClientInput.Closed
                      ? ClientBends.outbox(
                          s, new Outbox(s.outbox().written(), ClientBends.nothing().waiting()))
                      : s)));

  private TalkClients() {}

  private static String hashed(String words) {
    return UUID.nameUUIDFromBytes(words.getBytes(UTF_8)).toString();
  }

  /** What waited counts as written and the other way round. */
  private static ClientState turned(ClientState s) {
    var waiting = s.outbox().waiting().plusAll(s.outbox().written());
    return ClientBends.outbox(s, new Outbox(ClientBends.nothing().written(), waiting));
  }

  /** Random bits from which the latest of a thousand moments is drawn. */
  private static long findLatest() {
    long bits = 0;
    while (new Tick(0, Instant.EPOCH, bits).uniform(1_001) < 990) {
      bits++;
    }
    return bits;
  }

  /** The watch set by a ping outlives its connection. */
  private static ClientStep oldTimer(ClientConfig config) {
    ClientStep sound = new ClientMachine(config);
    long[] strikesAt = {Long.MAX_VALUE};
    return (s, in, now) -> {
      if (in instanceof ClientInput.Received && s.connection() == 1) {
        strikesAt[0] = Long.MAX_VALUE;
      }
      if (now.reached(strikesAt[0]) && s.phase() instanceof Phase.Open o) {
        strikesAt[0] = Long.MAX_VALUE;
        var step = sound.step(s, new ClientInput.Closed(o.connection(), 4000, "late"), now);
        List<ClientOutput> outputs = new ArrayList<>(step.outputs());
        outputs.addFirst(new ClientOutput.Close(o.connection(), 4000, "late"));
        return new Step<>(step.state(), outputs);
      }
      var step = sound.step(s, in, now);
      if (s.connection() == 1 && step.outputs().stream().anyMatch(TalkClients::isPing)) {
        strikesAt[0] = Math.min(strikesAt[0], now.in(config.pongTimeoutMs()));
      }
      return step;
    };
  }

  private static boolean isPing(ClientOutput output) {
    return output instanceof ClientOutput.Send s && s.frame().body() instanceof Body.Ping;
  }
}
