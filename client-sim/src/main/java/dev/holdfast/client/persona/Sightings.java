package dev.holdfast.client.persona;

import dev.holdfast.client.ClientListener;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.FrameType;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that a person has seen and not yet asked for; whoever waits is woken by each news. */
final class Sightings implements ClientListener {
  /** Frames and states that nobody asks for; the oldest go first. */
  private static final int REMEMBERED = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<String, Fate> fates = new HashMap<>();
  private final Deque<LinkState> states = new ArrayDeque<>();
  private final Deque<Sight> frames = new ArrayDeque<>();
  private final List<String> refusals = new ArrayList<>();
  private final Deque<String> echoes = new ArrayDeque<>();
  private final Deque<Integer> closes = new ArrayDeque<>();
  private int pushes;
  private Set<String> here = Set.of();
  private LinkState state = LinkState.DISCONNECTED;
  private @Nullable Throwable failure;

  /**
   * What became of a message.
   *
   * @param word answered, failed, indeterminate or refused
   */
  record Fate(String word, @Nullable String code) {
    static final String INDETERMINATE = word(Outcome.INDETERMINATE);
    static final String REFUSED = "refused";

    static String word(Outcome outcome) {
      return outcome.name().toLowerCase(Locale.ROOT);
    }

    boolean indeterminate() {
      return word.equals(INDETERMINATE);
    }

    boolean terminal() {
      return !indeterminate() && !word.equals(REFUSED);
    }

    @Override
    public String toString() {
      return word + (code == null ? "" : " (" + code + ")");
    }
  }

  private record Sight(FrameType type, @Nullable String status) {}

  /** Waits until the condition holds or the time is over; a broken client is waited for no more. */
  boolean await(BooleanSupplier condition, long withinMs) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || failure != null) {
          return false;
        }
        long unused = news.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Nullable Fate fate(String id) {
    lock.lock();
    try {
      return fates.get(id);
    } finally {
      lock.unlock();
    }
  }

  /** Takes one refusal with this code. */
  boolean takeRefusal(String code) {
    return refusals.remove(code);
  }

  /** Takes one end of a connection with this code. */
  boolean takeClose(int code) {
    return closes.remove(code);
  }

  /** Whether exactly these were there when last told. */
  boolean knows(Set<String> users) {
    return here.equals(users);
  }

  /** Takes one echo of this. */
  boolean takeEcho(String content) {
    return echoes.remove(content);
  }

  /** Takes one run that the server began and ended. */
  boolean takePush() {
    if (pushes == 0) {
      return false;
    }
    pushes--;
    return true;
  }

  /** Takes the states up to this one; the present one stays. */
  boolean takeState(LinkState wanted) {
    if (states.contains(wanted)) {
      LinkState passed = states.removeFirst();
      while (passed != wanted) {
        passed = states.removeFirst();
      }
      return true;
    }
    return state == wanted;
  }

  /** Takes the frames up to the first such one. */
  boolean takeFrame(FrameType type, @Nullable String status) {
    int passed = 0;
    for (Iterator<Sight> sights = frames.iterator(); sights.hasNext(); ) {
      Sight sight = sights.next();
      passed++;
      if (sight.type() == type && (status == null || status.equals(sight.status()))) {
        for (int i = 0; i < passed; i++) {
          frames.removeFirst();
        }
        return true;
      }
    }
    return false;
  }

  /** For whoever reads why an expectation was missed. */
  String now() {
    lock.lock();
    try {
      return "state "
          + state.word()
          + (closes.isEmpty() ? "" : ", closed: " + closes)
          + (refusals.isEmpty() ? "" : ", refused: " + refusals)
          + (here.isEmpty() ? "" : ", here: " + here);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onFrame(Seen seen) {
    Frame frame = seen.frame();
    if (seen.direction() == Direction.IN && frame != null) {
      tell(() -> remember(frames, new Sight(frame.type(), word(frame))));
    }
  }

  private static @Nullable String word(Frame frame) {
    return switch (frame.body()) {
      case Status s -> s.word();
      case ToolExecution t -> t.status();
      default -> null;
    };
  }

  @Override
  public void onState(LinkState now, int attempt, long delayMs, String reason) {
    tell(() -> {
      state = now;
      remember(states, now);
    });
  }

  @Override
  public void onClosed(int connection, int code) {
    tell(() -> remember(closes, code));
  }

  /** Until here the client may not know what a frame means: which run a message started. */
  @Override
  public void onDeliver(Frame frame) {
    tell(() -> {
      switch (frame.body()) {
        case Message m when m.isEcho() -> remember(echoes, String.valueOf(m.content()));
        case Status.Presence p ->
            here = p.members().stream().map(Member::userId).collect(Collectors.toSet());
        default -> pushes += frame.envelope().pushed() && frame.endsRun() ? 1 : 0;
      }
    });
  }

  @Override
  public void onRefused(String id, String code) {
    tell(() -> {
      refusals.add(code);
      fates.put(id, new Fate(Fate.REFUSED, code));
    });
  }

  @Override
  public void onSettled(String id, Outcome outcome, @Nullable String code) {
    tell(() -> fates.put(id, new Fate(Fate.word(outcome), code)));
  }

  @Override
  public void onFailure(Throwable thrown) {
    tell(() -> failure = thrown);
  }

  private static <T> void remember(Deque<T> all, T one) {
    all.addLast(one);
    if (all.size() > REMEMBERED) {
      all.removeFirst();
    }
  }

  private void tell(Runnable change) {
    lock.lock();
    try {
      change.run();
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
