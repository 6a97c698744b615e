package dev.holdfast.server.web;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Codec.Reading;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What might happen to a client next, given where it is: mostly sense, sometimes nonsense. */
final class Improvised {
  private static final String AT = "2026-01-01T00:00:00.000Z";
  private static final int[] CLOSES = {
    1000, 1001, 1006, 1009, 1011, 1012, 4000, 4001, 4003, 4100, 4200, 4204, 4999
  };
  private static final int[] STATUSES = {-1, 0, 0, 400, 403, 429, 503};
  private static final String[] CODES = {"agent_failed", "draining", "busy", "cancelled", "odd"};
  private static final String[] NONSENSE = {
    "nonsense",
    "[]",
    "{\"type\":5}",
    "{\"type\":\"new\",\"data\":{}}",
    "{\"type\":\"new\",\"data\":{},\"seq\":1}",
    "{\"type\":\"message\",\"data\":7}",
    "{\"type\":\"error\",\"data\":{\"error\":5},\"seq\":2}",
    "{\"type\":\"status\",\"data\":{\"status\":\"other\"}}"
  };

  private final Random random;
  private int ids;
  private @Nullable String text;

  Improvised(Random random) {
    this.random = random;
  }

  /** The text of the last input, where it was a frame. */
  @Nullable String text() {
    return text;
  }

  ClientInput next(ClientState state) {
    text = null;
    if (random.nextInt(4) == 0) {
      return person(state);
    }
    return switch (state.phase()) {
      case Phase.Idle i -> random.nextBoolean() ? new ClientInput.Connect() : retry();
      case Phase.Dialing p -> dialing(p.connection());
      case Phase.Greeting p ->
          random.nextInt(8) == 0
              ? closed(p.connection())
              : hear(state, p.connection(), p.profile());
      case Phase.Open p -> random.nextInt(25) == 0 ? closed(p.connection()) : open(state, p);
      case Phase.Waiting p -> new ClientInput.Woken();
      case Phase.Asking p -> transport();
      case Phase.OnHttp p -> http(p);
    };
  }

  private ClientInput person(ClientState state) {
    int choice = random.nextInt(40);
    if (choice < 26) {
      return new ClientInput.Say("m" + ++ids, choice == 0 ? "long ".repeat(220_000) : "say " + ids);
    }
    return switch (choice) {
      case 26, 27, 28 -> new ClientInput.Cancel("c" + ++ids, "r" + random.nextInt(1 + ids));
      case 29 -> new ClientInput.Disconnect();
      case 30, 31 -> retry();
      case 32 -> new ClientInput.Connect();
      case 33 -> closed(state.connection() - 1);
      case 34 -> transport();
      case 35 -> new ClientInput.Refused(state.connection(), -1, 0);
      default -> new ClientInput.Woken();
    };
  }

  private ClientInput retry() {
    return new ClientInput.Retry("fresh" + ++ids);
  }

  private ClientInput dialing(int connection) {
    return switch (random.nextInt(5)) {
      case 0 ->
          new ClientInput.Refused(
              connection, STATUSES[random.nextInt(STATUSES.length)], 500L * random.nextInt(3));
      case 1 -> new ClientInput.Opened(connection, false);
      default -> new ClientInput.Opened(connection, true);
    };
  }

  private ClientInput closed(int connection) {
    int code = CLOSES[random.nextInt(CLOSES.length)];
    return new ClientInput.Closed(connection, code, random.nextBoolean() ? "" : "because");
  }

  private ClientInput transport() {
    return new ClientInput.TransportSaid(
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> false;
          default -> true;
        });
  }

  private ClientInput http(Phase.OnHttp http) {
    String id = http.posting();
    if (id == null || random.nextInt(6) == 0) {
      return random.nextInt(3) == 0 ? transport() : new ClientInput.Woken();
    }
    var run = "r" + ++ids;
    boolean fails = random.nextInt(3) == 0;
    return new ClientInput.Posted(
        id,
        switch (random.nextInt(5)) {
          case 0 -> new ClientInput.PostResult.Failed(100L * random.nextInt(3));
          case 1 -> new ClientInput.PostResult.Rejected(409, "id_reused");
          default ->
              new ClientInput.PostResult.Ended(
                  new SnapshotRun(
                      run,
                      id,
                      fails ? SnapshotRun.FAILED : SnapshotRun.COMPLETED,
                      "text",
                      List.of(),
                      List.of(),
                      fails ? failure() : null));
        });
  }

  private Failure failure() {
    String code = CODES[random.nextInt(CODES.length)];
    return new Failure("words", code, random.nextBoolean() ? true : null, random.nextInt(4) == 0);
  }

  private ClientInput open(ClientState state, Phase.Open open) {
    if (random.nextInt(4) == 0) {
      return new ClientInput.Woken();
    }
    return hear(state, open.connection(), open.profile());
  }

  private ClientInput hear(ClientState state, int connection, Profile profile) {
    boolean strict = profile == Profile.RESUME;
    String said =
        random.nextInt(30) == 0
            ? NONSENSE[random.nextInt(NONSENSE.length)]
            : Codec.encode(frame(state, strict));
    text = said;
    Reading reading = strict ? Reading.STRICT : Reading.TOLERANT;
    return new ClientInput.Received(connection, Codec.decode(said, reading));
  }

  private Frame frame(ClientState state, boolean strict) {
    if (state.phase() instanceof Phase.Greeting && random.nextInt(6) > 0) {
      return new Frame(Envelope.at(AT), greeting(state, strict));
    }
    if (state.phase() instanceof Phase.Open o && o.snapshotDue() && random.nextInt(8) > 0) {
      return new Frame(Envelope.at(AT).withSeq(state.resuming().received() + 1), snapshot(state));
    }
    return new Frame(envelope(state, strict), body());
  }

  private Status greeting(ClientState state, boolean strict) {
    if (!strict) {
      return new Status.Connected("s1", 1_000L * random.nextInt(3), "hi", null);
    }
    var outcomes = Resumption.Outcome.values();
    var outcome = outcomes[random.nextInt(outcomes.length)];
    boolean reset = outcome == Resumption.Outcome.RESET;
    String epoch = state.resuming().epoch();
    if (epoch == null || (reset && random.nextBoolean()) || random.nextInt(30) == 0) {
      epoch = "e" + ++ids;
    }
    return new Status.Connected(
        "s1",
        2_000,
        "hi",
        new Resumption(
            outcome,
            reset ? Resumption.Reason.OVERFLOW : null,
            reset && random.nextBoolean(),
            epoch,
            "t" + ++ids,
            random.nextLong(state.resuming().lastSeq() + 1),
            reset ? random.nextInt(50) : state.resuming().received(),
            new Resumption.Limits(700, 1, 1, 1, 1, random.nextBoolean() ? 0 : 9_000, 1),
            random.nextBoolean() ? List.of("tokens") : List.of("tokens", "cancel", "sync")));
  }

  private Status snapshot(ClientState state) {
    List<SnapshotRun> runs = new ArrayList<>();
    for (var entry : state.outbox().written()) {
      if (random.nextBoolean()) {
        boolean ended = random.nextBoolean();
        boolean fails = ended && random.nextBoolean();
        String how = fails ? SnapshotRun.FAILED : SnapshotRun.COMPLETED;
        runs.add(
            new SnapshotRun(
                "r" + ++ids,
                entry.id(),
                ended ? how : SnapshotRun.RUNNING,
                "so far",
                List.of(),
                List.of(),
                fails ? Failure.of("agent_failed", "words") : null));
      }
    }
    return new Status.Snapshot(runs, random.nextInt(3) == 0);
  }

  private Envelope envelope(ClientState state, boolean strict) {
    Envelope envelope = Envelope.at(AT);
    var written = state.outbox().written();
    if (!written.isEmpty() && random.nextInt(3) > 0) {
      envelope = envelope.withReplyTo(written.get(random.nextInt(written.size())).id());
    }
    if (random.nextInt(3) > 0) {
      envelope = envelope.withRun("r" + random.nextInt(1 + ids));
    }
    if (strict && random.nextInt(3) > 0) {
      long off = random.nextInt(12) == 0 ? 2 - random.nextInt(4) : 1;
      envelope = envelope.withSeq(Math.max(0, state.resuming().received() + off));
    }
    if (strict && random.nextInt(3) == 0) {
      long beyond = random.nextInt(30) == 0 ? 2 : 1;
      envelope = envelope.withAck(random.nextLong(state.resuming().lastSeq() + beyond));
    }
    return random.nextInt(4) == 0 ? envelope.withId("p" + random.nextInt(4)) : envelope;
  }

  private Body body() {
    return switch (random.nextInt(13)) {
      case 0 -> new Body.Ping();
      case 1, 2 -> new Body.Pong();
      case 3 -> Message.piece(Message.Stream.State.DELTA, random.nextInt(9), "piece");
      case 4 -> new ToolExecution("tool", "call-1", "running", null);
      case 5 -> failure();
      case 6 -> new Status.Processing("planning", "Planning", List.of("a", "b"));
      case 7 -> new Status.Ack(0, random.nextBoolean());
      case 8 -> random.nextInt(6) == 0 ? new Status.Drain(300) : new Status.CaughtUp(3);
      case 9 -> new Status.Other("of tomorrow");
      default ->
          Message.answer("answer", List.of(new Message.Artifact("story", "{\"a\":[1,null]}")));
    };
  }

  /** The next moment: often the one that the client asked for. */
  long later(long nowMs, ClientState state) {
    boolean atWake = state.wakeAt() != Long.MAX_VALUE && random.nextInt(3) == 0;
    long wakeMs = state.wakeAt() / Tick.NANOS_PER_MS;
    return atWake && wakeMs < nowMs + 200_000
        ? Math.max(nowMs, wakeMs)
        : nowMs + random.nextInt(400);
  }
}
