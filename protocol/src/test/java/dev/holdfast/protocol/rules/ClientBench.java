package dev.holdfast.protocol.rules;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Resumption.Outcome;
import dev.holdfast.protocol.frame.Resumption.Reason;
import dev.holdfast.protocol.frame.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A client under test, with a server and a clock moved by hand. */
public final class ClientBench {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final String AT = "2026-01-01T00:00:00.000Z";
  private static final int MOST_WAKES = 100_000;
  public static final Resumption.Limits LIMITS =
      new Resumption.Limits(10_000, 120_000, 120_000, 1_000, 1 << 20, 1 << 20, 128);

  private final ClientStep step;
  private final SplittableRandom chance = new SplittableRandom(1);
  private long nowNanos;
  private long wakeAt = Long.MAX_VALUE;

  public ClientState client = ClientState.fresh("s1", "tab1");
  public final List<ClientOutput> told = new ArrayList<>();
  public final List<ClientOutput> lastStep = new ArrayList<>();

  /** The connection that the client dialled last. */
  public int connection;

  /** What arrived on that connection, and on all of them. */
  public List<Frame> got = new ArrayList<>();

  public final List<String> texts = new ArrayList<>();

  public ClientBench(ClientStep step) {
    this.step = step;
  }

  public void tell(ClientInput input) {
    var made =
        step.step(client, input, new Tick(nowNanos, EPOCH.plusNanos(nowNanos), chance.nextLong()));
    client = made.state();
    lastStep.clear();
    lastStep.addAll(made.outputs());
    made.outputs().forEach(this::carryOut);
  }

  private void carryOut(ClientOutput output) {
    told.add(output);
    switch (output) {
      case ClientOutput.Open o -> {
        connection = o.connection();
        got = new ArrayList<>();
      }
      case ClientOutput.Send s when s.connection() == connection -> {
        String text = Codec.encode(s.frame());
        texts.add(text);
        got.add(ServerBench.read(text));
      }
      case ClientOutput.WakeAt w -> wakeAt = w.nanos();
      default -> {}
    }
  }

  /** Dialled, the handshake done with the subprotocol, the hello sent. */
  public ClientBench opened() {
    tell(new ClientInput.Connect());
    tell(new ClientInput.Opened(connection, true));
    return this;
  }

  /** Connected for the first time. */
  public ClientBench joined() {
    return opened().greets(Outcome.NEW, null, false, "e1", 0, 0);
  }

  /** The link is lost and the client back on a new one, its hello sent. */
  public ClientBench back() {
    closes(1006);
    redialled();
    tell(new ClientInput.Opened(connection, true));
    return this;
  }

  /** Waits until the client dials again. */
  public ClientBench redialled() {
    int before = connection;
    for (int i = 0; i < 1_000 && connection == before; i++) {
      pass(50);
    }
    assertNotEquals(before, connection, "the client never dialled again");
    return this;
  }

  public ClientBench greets(
      Outcome outcome, @Nullable Reason reason, boolean idsKept, String epoch, long ack, long top) {
    return greets(outcome, reason, idsKept, epoch, ack, top, List.of("tokens", "cancel"));
  }

  public ClientBench greets(
      Outcome outcome,
      @Nullable Reason reason,
      boolean idsKept,
      String epoch,
      long ack,
      long top,
      List<String> capabilities) {
    var resumption =
        new Resumption(
            outcome, reason, idsKept, epoch, "token-of-" + epoch, ack, top, LIMITS, capabilities);
    return hears(Envelope.at(AT), new Status.Connected("s1", 30_000, null, resumption));
  }

  public ClientBench hears(Envelope envelope, Body body) {
    return hearsText(Codec.encode(new Frame(envelope, body)));
  }

  public ClientBench hearsText(String text) {
    tell(new ClientInput.Received(connection, Codec.decode(text, Codec.Reading.STRICT)));
    return this;
  }

  /** A positioned frame of a run: a stage. */
  public ClientBench stage(long seq) {
    return hears(at().withSeq(seq).withRun("r1"), new Status.Processing("s" + seq, "", List.of()));
  }

  /** The whole answer to a message. */
  public ClientBench answer(long seq, String id) {
    return hears(
        at().withSeq(seq).withRun("r-" + id).withReplyTo(id), Message.answer("yes", List.of()));
  }

  public ClientBench acks(long position) {
    return hears(at().withAck(position), new Status.Ack(0, false));
  }

  public ClientBench says(String id, String content) {
    tell(new ClientInput.Say(id, content));
    return this;
  }

  public ClientBench closes(int code) {
    tell(new ClientInput.Closed(connection, code, ""));
    return this;
  }

  static Envelope at() {
    return Envelope.at(AT);
  }

  /** Lets time pass, wake by wake. */
  public ClientBench pass(long ms) {
    long end = nowNanos + ms * Tick.NANOS_PER_MS;
    for (int wakes = 0; wakeAt <= end; wakes++) {
      if (wakes > MOST_WAKES) {
        throw new AssertionError("it asks to be woken without end");
      }
      nowNanos = Math.max(nowNanos, wakeAt);
      wakeAt = Long.MAX_VALUE;
      tell(new ClientInput.Woken());
    }
    nowNanos = end;
    return this;
  }

  public <T extends ClientOutput> List<T> told(Class<T> type) {
    return told.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public <B extends Body> List<Frame> frames(Class<B> kind) {
    return got.stream().filter(f -> kind.isInstance(f.body())).toList();
  }

  public List<Frame> messages() {
    return frames(Message.class);
  }

  public List<String> ids() {
    return messages().stream().map(f -> String.valueOf(f.envelope().id())).toList();
  }

  public List<Frame> delivered() {
    return told(ClientOutput.Deliver.class).stream().map(ClientOutput.Deliver::frame).toList();
  }

  /** The highest acknowledgement that came on this connection. */
  public long acked() {
    return got.stream().mapToLong(f -> f.envelope().ack()).max().orElse(Envelope.ABSENT);
  }

  /** With which code the client left its last connection, or 0. */
  public int left() {
    return told(ClientOutput.Close.class).stream()
        .filter(c -> c.connection() == connection)
        .mapToInt(ClientOutput.Close::code)
        .findFirst()
        .orElse(0);
  }

  public Status.Hello hello() {
    return (Status.Hello) frames(Status.Hello.class).getFirst().body();
  }
}
