package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientState;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.protocol.server.SessionState;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * Measures stories a second of CPU beside a bare loop of the same cores and codec, in turns; run
 * its main, it is no test.
 */
public final class StoryRate {
  private static final Instant WALL = Instant.parse("2026-01-01T00:00:00Z");
  private static final String CONTENT = "#agent tools=1 tokens=3\nhi";
  private static final int MESSAGES = 6;

  private StoryRate() {}

  public static void main(String[] args) {
    int stories = args.length > 0 ? Integer.parseInt(args[0]) : 2_000;
    Swarm swarm = Swarm.reference();
    Repertoire repertoire = new Repertoire();
    long seed = 1;
    for (int round = 1; round <= 6; round++) {
      long framesBefore = swarm.frames();
      double began = cpuSeconds();
      for (int i = 0; i < stories; i++) {
        if (swarm.play(StoryTeller.of(seed++)) != null) {
          throw new AssertionError("a violation at seed " + (seed - 1));
        }
      }
      double storySeconds = cpuSeconds() - began;
      long storyFrames = swarm.frames() - framesBefore;
      began = cpuSeconds();
      long bareFrames = 0;
      for (int i = 0; i < stories * 2; i++) {
        bareFrames += bare(repertoire, i);
      }
      double bareSeconds = cpuSeconds() - began;
      System.out.printf(
          Locale.ROOT,
          "%.0f stories/s of CPU, %.0f frames/s in stories, %.0f frames/s bare, ratio %.2f%n",
          stories / storySeconds,
          storyFrames / storySeconds,
          bareFrames / bareSeconds,
          storyFrames / storySeconds / (bareFrames / bareSeconds));
    }
  }

  private static double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  /** One conversation without a network, a clock or a witness: encode, decode, step. */
  private static long bare(Repertoire repertoire, long seed) {
    Loop loop = new Loop(seed);
    loop.client(new ClientInput.Connect());
    for (int i = 1; i <= MESSAGES; i++) {
      loop.client(new ClientInput.Say("m" + i, CONTENT));
      loop.settle();
      String run = loop.running;
      for (AgentEvent event : repertoire.of(CONTENT).events()) {
        loop.server(new ServerInput.AgentSaid(run, event));
        loop.settle();
      }
    }
    return loop.frames;
  }

  private static final class Loop {
    private final ClientMachine clientCore = new ClientMachine(ClientConfig.RESUME);
    private final SessionMachine serverCore = new SessionMachine(ServerConfig.STANDARD);
    private final ArrayDeque<String> up = new ArrayDeque<>();
    private final ArrayDeque<String> down = new ArrayDeque<>();
    private ClientState client = ClientState.fresh("s", "tab");
    private SessionState server = SessionState.fresh("s", "epoch");
    private String running = "";
    private long nanos;
    private long frames;
    private long entropy;

    Loop(long seed) {
      entropy = seed;
    }

    private Tick tick() {
      nanos += 1_000_000;
      entropy = entropy * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      return new Tick(nanos, WALL.plusNanos(nanos), entropy);
    }

    void client(ClientInput input) {
      var step = clientCore.step(client, input, tick());
      client = step.state();
      for (ClientOutput output : step.outputs()) {
        if (output instanceof ClientOutput.Send s) {
          up.add(Codec.encode(s.frame()));
        } else if (output instanceof ClientOutput.Open o) {
          server(new ServerInput.Opened("c1", Profile.RESUME, "ana", "token-of-many-bits"));
          client(new ClientInput.Opened(o.connection(), true));
        }
      }
    }

    void server(ServerInput input) {
      var step = serverCore.step(server, input, tick());
      server = step.state();
      for (ServerOutput output : step.outputs()) {
        if (output instanceof ServerOutput.Send s) {
          down.add(Codec.encode(s.frame()));
        } else if (output instanceof ServerOutput.StartRun r) {
          running = r.runId();
        }
      }
    }

    void settle() {
      while (!up.isEmpty() || !down.isEmpty()) {
        frames++;
        if (!up.isEmpty()) {
          String text = up.poll();
          server(new ServerInput.Received("c1", Codec.decode(text, Codec.Reading.STRICT)));
        } else {
          String text = down.poll();
          client(new ClientInput.Received(1, Codec.decode(text, Codec.Reading.STRICT)));
        }
      }
    }
  }
}
