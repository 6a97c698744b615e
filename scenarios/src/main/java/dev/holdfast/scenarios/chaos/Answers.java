package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How the target answers while nothing goes wrong, found out once for each kind of answer: faults
 * aim at frames that it really sends, and waits allow for the time that it really takes.
 */
final class Answers {
  /** A real agent takes up to a minute. */
  private static final long LONGEST_MS = 60_000;

  private final Target target;
  private final String unique;
  private final Map<Stimulus, CompletableFuture<Shape>> known = new EnumMap<>(Stimulus.class);

  /**
   * Answers of one target.
   *
   * @param unique a word that no other run uses in its sessions
   */
  Answers(Target target, String unique) {
    this.target = target;
    this.unique = unique;
  }

  /**
   * One answer.
   *
   * @param greeting the types of the frames that came before the message was sent
   * @param types of the frames from then on to the end of the answer, which is the last one
   * @param atMs when each of these came, in milliseconds since the message was sent
   */
  record Shape(List<String> greeting, List<String> types, List<Long> atMs) {
    /** Frames that are closer together leave no time for a fault between them. */
    private static final long TOO_CLOSE_MS = 100;

    Shape {
      greeting = List.copyOf(greeting);
      types = List.copyOf(types);
      atMs = List.copyOf(atMs);
    }

    /** The place of its end. */
    int end() {
      return types.size() - 1;
    }

    long tookMs() {
      return atMs.get(end());
    }

    /** Whether a fault that strikes at this frame, counted from 0, strikes before the end. */
    boolean hasTimeAfter(int place) {
      return place < end() && tookMs() - atMs.get(place) >= TOO_CLOSE_MS;
    }

    /** Whether its first frame has come so long after the message, and its end has not. */
    boolean isOnItsWay(long ms) {
      return atMs.getFirst() < ms && ms < tookMs();
    }
  }

  /** The target gave no answer although nothing went wrong. */
  static final class None extends Exception {
    private static final long serialVersionUID = 1L;

    None(String message) {
      super(message);
    }
  }

  /**
   * The answer to this stimulus, which the target declares.
   *
   * @throws None if there was none
   */
  Shape to(Stimulus kind) throws None, InterruptedException {
    CompletableFuture<Shape> shape;
    boolean first;
    synchronized (known) {
      first = !known.containsKey(kind);
      shape = known.computeIfAbsent(kind, k -> new CompletableFuture<>());
    }
    if (first) {
      find(kind, shape);
    }
    try {
      return shape.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw new None(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    }
  }

  private void find(Stimulus kind, CompletableFuture<Shape> shape) throws InterruptedException {
    try {
      shape.complete(played(kind));
    } catch (None | RuntimeException e) {
      shape.completeExceptionally(e);
    } catch (InterruptedException e) {
      shape.completeExceptionally(new None("it was interrupted"));
      throw e;
    }
  }

  private Shape played(Stimulus kind) throws None, InterruptedException {
    Ear ear = new Ear();
    ClientConfig config =
        target.profile() == Profile.RESUME ? ClientConfig.RESUME : ClientConfig.CORE;
    ClientOptions options =
        ClientOptions.of("calibration", target.url())
            .with(target.access())
            .with(config)
            .withSession("hf-calibration-" + kind.word() + "-" + unique)
            .withJournal(null)
            .withListener(ear);
    try (SimClient client = new SimClient(options)) {
      client.connect();
      ear.await(ear.connected, "no greeting");
      ear.saying();
      client.say(String.valueOf(target.stimulus(kind)));
      ear.await(ear.settled, "no end of a " + kind.word() + " answer");
      return ear.shape();
    }
  }

  /** Takes down what comes. */
  private static final class Ear implements ClientListener {
    final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    final CompletableFuture<Boolean> settled = new CompletableFuture<>();
    private final List<String> greeting = new ArrayList<>();
    private final List<String> types = new ArrayList<>();
    private final List<Long> atMs = new ArrayList<>();
    private long saidAt = -1;

    void await(CompletableFuture<Boolean> event, String otherwise)
        throws None, InterruptedException {
      try {
        Boolean unused = event.get(LONGEST_MS, TimeUnit.MILLISECONDS);
      } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
        throw new None(otherwise + " came although nothing went wrong");
      }
    }

    synchronized void saying() {
      saidAt = System.nanoTime();
    }

    synchronized Shape shape() throws None {
      if (types.isEmpty()) {
        throw new None("the message ended without a frame although nothing went wrong");
      }
      return new Shape(greeting, types, atMs);
    }

    @Override
    public synchronized void onFrame(Seen seen) {
      Frame frame = seen.frame();
      boolean beat = frame != null && frame.body() instanceof Body.Pong;
      boolean skipped = beat || (frame != null && Trigger.isPiece(frame));
      if (seen.direction() == Direction.OUT || frame == null || skipped || settled.isDone()) {
        return;
      }
      if (saidAt < 0) {
        greeting.add(frame.type().word());
        return;
      }
      types.add(frame.type().word());
      atMs.add(Math.max(0, (seen.nanos() - saidAt) / 1_000_000));
    }

    @Override
    public void onState(LinkState state, int attempt, long delayMs, String reason) {
      if (state == LinkState.CONNECTED) {
        connected.complete(true);
      }
    }

    @Override
    public void onSettled(String id, Outcome outcome, @Nullable String code) {
      settled.complete(true);
    }

    @Override
    public void onRefused(String id, String code) {
      settled.complete(true);
    }
  }
}
