package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.frame.Framing;
import dev.holdfast.proxy.toxic.Attributes;
import dev.holdfast.proxy.toxic.Chance;
import dev.holdfast.proxy.toxic.Chunk;
import dev.holdfast.proxy.toxic.Toxics;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** One toxic between a hand that feeds it and a sink, in a time that passes only when told to. */
final class VirtualStage implements Host, Timers, Inlet {
  /** Something that came out: bytes, or the end for -1, and when. */
  record Out(int bytes, long atMs) {}

  private record Alarm(long due, long order, Runnable action) {}

  final Installed installed;
  final Stage stage;
  final List<Out> out = new ArrayList<>();
  final List<String> decisions = new ArrayList<>();
  private final PriorityQueue<Alarm> alarms =
      new PriorityQueue<>(Comparator.comparingLong(Alarm::due).thenComparingLong(Alarm::order));
  private final List<ByteBuf> fed = new ArrayList<>();
  private final long seed;
  private long now;
  private long alarmsSet;
  boolean sinkFull;
  boolean gone;

  VirtualStage(long seed, String fault, Map<String, Object> attributes) {
    this(seed, Toxics.ALL, fault, attributes);
  }

  VirtualStage(long seed, Toxics toxics, String fault, Map<String, Object> attributes) {
    this.seed = seed;
    Attributes all = Attributes.defaults(toxics.any(fault).orElseThrow()).with(attributes);
    installed = new Installed(fault, EnumSet.allOf(Direction.class), Installed.Settings.of(all, 1));
    stage = new Stage(installed, this, this, new Stage.Place(true, true, new Framing()));
  }

  /** Feeds a chunk as if it had just been read. */
  void feed(byte[] bytes) {
    ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(bytes.length).writeBytes(bytes);
    fed.add(buffer);
    stage.accept(new Chunk(buffer, now));
  }

  void feed(int bytes) {
    feed(new byte[bytes]);
  }

  /** Lets time pass; what is due happens at its time. */
  void pass(long millis) {
    long until = now + millis * 1_000_000;
    while (!alarms.isEmpty() && alarms.element().due() <= until) {
      Alarm alarm = alarms.remove();
      now = alarm.due();
      alarm.action().run();
    }
    now = until;
  }

  void update(Map<String, Object> attributes) {
    installed.settings(
        Installed.Settings.of(installed.settings().attributes().with(attributes), 1));
    stage.update();
  }

  /** How many of the buffers that were fed in nobody has released. */
  long unreleased() {
    return fed.stream().filter(buffer -> buffer.refCnt() > 0).count();
  }

  int bytesOut() {
    return out.stream().mapToInt(o -> Math.max(0, o.bytes())).sum();
  }

  @Override
  public boolean full() {
    return sinkFull;
  }

  @Override
  public void accept(Chunk chunk) {
    out.add(new Out(chunk.size(), now / 1_000_000));
    chunk.release();
  }

  @Override
  public void acceptEnd() {
    out.add(new Out(-1, now / 1_000_000));
  }

  @Override
  public long nowNanos() {
    return now;
  }

  @Override
  public Runnable after(long nanos, Runnable action) {
    alarmsSet++;
    Alarm alarm = new Alarm(now + nanos, alarmsSet, action);
    alarms.add(alarm);
    return () -> alarms.remove(alarm);
  }

  @Override
  public Timers timers() {
    return this;
  }

  @Override
  public Chance chance(String toxic) {
    return Chance.of(seed, toxic);
  }

  @Override
  public long connection() {
    return 1;
  }

  @Override
  public void decided(String toxic, String what, long value) {
    decisions.add(what + "=" + value);
  }

  @Override
  public void resetOnClose(boolean reset) {}

  @Override
  public void abort() {
    gone = true;
  }

  @Override
  public void cut() {
    gone = true;
  }

  @Override
  public void answer(String text) {
    gone = true;
  }
}
