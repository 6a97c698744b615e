package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.protocol.server.SessionState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Measures the codec and the server's core on one thread; run its main, it is no test. */
public final class CodecSpeed {
  private static final Instant WALL = Instant.parse("2026-01-01T00:00:00Z");
  private static final int ROUNDS = 6;
  private static final int FRAMES = 400_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static long sink;

  private CodecSpeed() {}

  public static void main(String[] args) {
    List<Frame> frames = frames();
    List<String> texts = frames.stream().map(Codec::encode).toList();
    for (int round = 1; round <= ROUNDS; round++) {
      long encode = measure(i -> Codec.encode(frames.get(i % frames.size())).length());
      long decode =
          measure(
              i -> Codec.decode(texts.get(i % texts.size()), Codec.Reading.STRICT).hashCode() & 1);
      long stamp = measure(i -> Timestamps.format(WALL.plusMillis(i)).length());
      System.out.printf(
          Locale.ROOT,
          "encode %d ns, decode %d ns, timestamp %d ns, conversation %d ns a frame%n",
          encode,
          decode,
          stamp,
          conversation());
    }
    System.out.println(sink);
  }

  private interface Work {
    int on(int i);
  }

  private static long measure(Work work) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < FRAMES; i++) {
      sink += work.on(i);
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / FRAMES;
  }

  private static List<Frame> frames() {
    Envelope envelope =
        Envelope.at(Timestamps.format(WALL))
            .withSession("s-1")
            .withSeq(17)
            .withAck(3)
            .withRun("r1");
    return List.of(
        new Frame(envelope, new Status.Processing("planning", "Planning", List.of("search"))),
        new Frame(envelope, new ToolExecution("search", "t1", "running", "{\"hits\":3}")),
        new Frame(envelope, Message.piece(Message.Stream.State.DELTA, 40, " and then")),
        new Frame(envelope, Message.answer("A story of about forty characters, yes.", List.of())),
        new Frame(envelope.withSeq(Envelope.ABSENT).withId("p7"), new Body.Ping()),
        new Frame(envelope.withId("m1"), Message.said("Create a P1 story for test")));
  }

  /** Sessions of 200 messages with one tool and three pieces: decode, step, encode. */
  private static long conversation() {
    SessionMachine machine = new SessionMachine(ServerConfig.STANDARD);
    long nanos = 0;
    long count = 0;
    long start = THREADS.getCurrentThreadCpuTime();
    for (int session = 0; session < 200; session++) {
      SessionState state = SessionState.fresh("s" + session, "e");
      var opened = new ServerInput.Opened("c1", Profile.RESUME, null, "0123456789abcdef01234567");
      state = machine.step(state, opened, tick(nanos)).state();
      Frame hello =
          new Frame(
              Envelope.at("2026-01-01T00:00:00.000Z"),
              new Status.Hello("tab", 1, null, null, 0, 0, List.of("tokens", "cancel")));
      state = heard(machine, state, hello, nanos);
      long acked = 0;
      for (int i = 1; i <= 200; i++) {
        nanos += 1_000_000;
        Frame said =
            new Frame(
                Envelope.at("2026-01-01T00:00:00.000Z").withId("m" + i).withSeq(i).withAck(acked),
                Message.said("Create a P1 story for test " + i));
        state = heard(machine, state, said, nanos);
        count++;
        String run = state.runs().get(0).id();
        for (AgentEvent event : work()) {
          var step = machine.step(state, new ServerInput.AgentSaid(run, event), tick(nanos));
          state = step.state();
          for (ServerOutput output : step.outputs()) {
            if (output instanceof ServerOutput.Send send) {
              sink += Codec.encode(send.frame()).length();
              count++;
            }
          }
        }
        acked = state.topSeq();
      }
    }
    return (THREADS.getCurrentThreadCpuTime() - start) / count;
  }

  private static List<AgentEvent> work() {
    return List.of(
        new AgentEvent.Stage("planning", "Planning", List.of("search")),
        new AgentEvent.Tool("search", "t1", "pending", null),
        new AgentEvent.Tool("search", "t1", "running", null),
        new AgentEvent.Tool("search", "t1", "completed", "{\"hits\":1}"),
        new AgentEvent.Delta("You said "),
        new AgentEvent.Delta("something"),
        new AgentEvent.Delta(" long"),
        new AgentEvent.Answer("You said something long", List.of()));
  }

  private static SessionState heard(
      SessionMachine machine, SessionState state, Frame frame, long nanos) {
    var decoded = Codec.decode(Codec.encode(frame), Codec.Reading.STRICT);
    var step = machine.step(state, new ServerInput.Received("c1", decoded), tick(nanos));
    for (ServerOutput output : step.outputs()) {
      if (output instanceof ServerOutput.Send send) {
        sink += Codec.encode(send.frame()).length();
      }
    }
    return step.state();
  }

  private static Tick tick(long nanos) {
    return new Tick(nanos, WALL.plusNanos(nanos), nanos);
  }
}
