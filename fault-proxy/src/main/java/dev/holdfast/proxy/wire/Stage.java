package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.frame.Framing;
import dev.holdfast.proxy.toxic.Chance;
import dev.holdfast.proxy.toxic.Chunk;
import dev.holdfast.proxy.toxic.Flow;
import dev.holdfast.proxy.toxic.Pipe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One toxic's place in one direction of one connection: a short queue, and a pipe that is served
 * from it, one chunk at a time, whenever it does not wait and the next inlet has room.
 */
final class Stage implements Inlet {
  /** No queue holds more than this, whatever number of chunks its toxic lets wait. */
  static final int MAX_QUEUED_BYTES = 4 << 20;

  private final Installed installed;
  private final Host host;
  private final Chance chance;
  private final Flow flow = new StageFlow();
  private final Deque<Chunk> queue = new ArrayDeque<>();
  private long queuedBytes;
  private boolean endQueued;
  private final Place place;
  private Inlet next;
  private Runnable onRoom = Stage::nothing;
  private int capacity;
  private Pipe pipe;
  private boolean opening;
  private boolean serving;
  private boolean done;
  private final Map<Class<?>, Object> memory = new HashMap<>(2);

  // What the pipe is waiting for.
  private @Nullable Runnable then;
  private boolean waiting;
  private @Nullable Chunk inHand;
  private boolean endInHand;
  private Runnable cancelWait = Stage::nothing;
  private Runnable cancelAlarm = Stage::nothing;

  /**
   * How a stage joins its stream: whether its toxic was asked for in this direction, whether the
   * connection is just opening, and where the stream stands in its frames.
   */
  record Place(boolean asked, boolean opening, Framing framing) {}

  Stage(Installed installed, Host host, Inlet next, Place place) {
    this.installed = installed;
    this.host = host;
    this.chance = host.chance(installed.name());
    this.next = next;
    this.capacity = 1;
    this.pipe = new Pipe(flow);
    this.place = place;
    this.opening = place.opening();
    draw();
    this.opening = false;
  }

  Installed installed() {
    return installed;
  }

  /** Whether it has ended the stream: nothing passes it any more. */
  boolean done() {
    return done;
  }

  /** Sets what comes after, and who is to be told of room. */
  void link(Inlet next, Runnable onRoom) {
    this.next = next;
    this.onRoom = onRoom;
  }

  /** Takes up changed settings: what is in hand is passed on, what waits meets the new ones. */
  void update() {
    if (!done) {
      endQueued |= interrupt();
      Chunk leftover = pipe.leftover();
      if (leftover != null) {
        queue.addFirst(leftover);
        queuedBytes += leftover.size();
      }
      draw();
      serve();
    }
  }

  /** Lets go of all that it holds, in order. Unless it is done it can be unlinked then. */
  void remove() {
    if (!done) {
      pipe.removed();
    }
    if (!done) {
      endQueued |= interrupt();
      Chunk leftover = pipe.leftover();
      if (leftover != null) {
        next.accept(leftover);
      }
      queue.forEach(next::accept);
      queue.clear();
      if (endQueued) {
        next.acceptEnd();
      }
    }
  }

  /** Drops everything: the connection is gone, or the stream has ended here. */
  void close() {
    done = true;
    then = null;
    cancelWait.run();
    cancelAlarm.run();
    if (inHand != null) {
      inHand.release();
      inHand = null;
    }
    queue.forEach(Chunk::release);
    queue.clear();
  }

  @Override
  public boolean full() {
    return done || queue.size() >= capacity || queuedBytes >= MAX_QUEUED_BYTES;
  }

  @Override
  public void accept(Chunk chunk) {
    if (done) {
      chunk.release();
      return;
    }
    queue.add(chunk);
    queuedBytes += chunk.size();
    serve();
  }

  @Override
  public void acceptEnd() {
    endQueued = true;
    serve();
  }

  /** Does all that can be done now. A call from within is answered by the loop already running. */
  void serve() {
    if (serving) {
      return;
    }
    serving = true;
    try {
      boolean more = true;
      while (more) {
        more = step();
      }
    } finally {
      serving = false;
    }
  }

  private boolean step() {
    if (done || waiting || next.full()) {
      return false;
    }
    if (then != null) {
      Runnable action = then;
      then = null;
      inHand = null;
      action.run();
      return true;
    }
    return queue.isEmpty() ? serveEnd() : serveChunk();
  }

  private boolean serveChunk() {
    boolean wasFull = full();
    Chunk chunk = queue.remove();
    queuedBytes -= chunk.size();
    pipe.chunk(chunk);
    if (wasFull && !full()) {
      onRoom.run();
    }
    return true;
  }

  private boolean serveEnd() {
    boolean ends = endQueued;
    endQueued = false;
    if (ends) {
      pipe.end();
    }
    return ends;
  }

  /** Passes on what is in hand; true if that was the end of the stream, which is not passed on. */
  private boolean interrupt() {
    cancelWait.run();
    cancelAlarm.run();
    waiting = false;
    then = null;
    Chunk chunk = inHand;
    inHand = null;
    if (chunk != null) {
      next.accept(chunk);
    }
    boolean end = endInHand;
    endInHand = false;
    return end;
  }

  private static void nothing() {}

  /** Starts the toxic afresh, or a pipe that changes nothing if its toxicity spares this one. */
  private void draw() {
    Installed.Settings settings = installed.settings();
    capacity = settings.toxic().buffer();
    boolean chosen = chance.nextDouble() < settings.toxicity();
    if (settings.toxicity() < 1) {
      host.decided(installed.name(), "chosen", chosen ? 1 : 0);
    }
    boolean bites = chosen && place.asked();
    pipe = bites ? settings.toxic().open(flow) : settings.toxic().aside(flow);
  }

  /** The pipe's side of this stage. */
  private final class StageFlow implements Flow {
    @Override
    public void pass(Chunk chunk) {
      if (chunk.size() == 0) {
        chunk.release();
      } else {
        next.accept(chunk);
      }
    }

    @Override
    public void end() {
      if (!done) {
        close();
        next.acceptEnd();
      }
    }

    @Override
    public void hold(Chunk chunk, long nanos, Runnable action) {
      inHand = chunk;
      pause(nanos, action);
    }

    @Override
    public void pause(long nanos, Runnable action) {
      then = action;
      if (nanos > 0) {
        waiting = true;
        cancelWait = nanos == FOREVER ? Stage::nothing : host.timers().after(nanos, this::goOn);
      }
    }

    private void goOn() {
      waiting = false;
      serve();
    }

    @Override
    public void holdEnd(long nanos) {
      endInHand = true;
      pause(nanos, this::end);
    }

    @Override
    public void alarm(long nanos, Runnable action) {
      cancelAlarm.run();
      cancelAlarm = host.timers().after(nanos, action);
    }

    @Override
    public void bite(String decision, long value) {
      installed.bite();
      host.decided(installed.name(), decision, value);
    }

    @Override
    public long nowNanos() {
      return host.timers().nowNanos();
    }

    @Override
    public Chance chance() {
      return chance;
    }

    @Override
    public <T> T memory(Class<T> type, Supplier<T> initial) {
      return type.cast(memory.computeIfAbsent(type, absent -> initial.get()));
    }

    @Override
    public boolean opening() {
      return opening;
    }

    @Override
    public void resetOnClose(boolean reset) {
      host.resetOnClose(reset);
    }

    @Override
    public void abort() {
      host.abort();
    }

    @Override
    public void cut() {
      if (!done) {
        close();
        host.cut();
      }
    }

    @Override
    public void answer(String text) {
      close();
      host.answer(text);
    }

    @Override
    public long connection() {
      return host.connection();
    }

    @Override
    public boolean ended() {
      return done;
    }

    @Override
    public Framing framing() {
      return place.framing();
    }

    @Override
    public void note(String decision, long value) {
      host.decided(installed.name(), decision, value);
    }
  }
}
