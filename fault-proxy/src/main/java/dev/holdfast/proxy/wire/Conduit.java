package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.frame.Framing;
import dev.holdfast.proxy.toxic.Chance;
import dev.holdfast.proxy.toxic.Chunk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a connection: what is read from the source runs through the stages, in the order
 * in which their toxics were created, to the destination. The source is read only while the first
 * stage has room, so what waits here is bounded: 64 KiB and one read for the destination (a read is
 * at most 128 KiB, or 32 KiB where there is a toxic), 64 KiB for each toxic, and {@link
 * Stage#MAX_QUEUED_BYTES} more for one with a buffer.
 *
 * <p>All calls come on the event loop that both sockets share.
 */
final class Conduit implements Host {
  /** Smaller reads are copied out of the read buffer, so that a queue of small chunks is small. */
  private static final int WORTH_KEEPING = ChunkReads.MAX_BYTES / 2;

  private final Connection connection;
  private final Direction direction;
  private final Channel source;
  private final Timers timers;
  private final Outlet outlet;
  private final Traffic traffic;
  private final List<Stage> stages = new ArrayList<>();
  private boolean reading;
  private boolean ended;

  Conduit(Connection connection, Direction direction, Channel source, Channel destination) {
    this.connection = connection;
    this.direction = direction;
    this.source = source;
    this.timers = Timers.of(source.eventLoop());
    this.traffic = connection.proxy().traffic(direction);
    this.outlet = new Outlet(destination, traffic.sent());
  }

  /** Puts the toxics of the proxy in place and starts to read. */
  void open(List<Installed> toxics) {
    for (Installed toxic : toxics) {
      append(toxic, true);
    }
    wantMore();
  }

  /** Adds a toxic to a live connection, unless it opened under it a moment ago. */
  void add(Installed toxic) {
    if (stages.stream().noneMatch(stage -> stage.installed() == toxic)) {
      append(toxic, false);
    }
  }

  private void append(Installed toxic, boolean opening) {
    boolean asked = toxic.directions().contains(direction);
    if (toxic.admits(connection.number()) && (asked || toxic.settings().toxic().bothWays())) {
      Framing framing = opening ? new Framing() : outlet.framing().copy();
      stages.add(new Stage(toxic, this, outlet, new Stage.Place(asked, opening, framing)));
      relink();
    }
  }

  void update(Installed toxic) {
    for (Stage stage : List.copyOf(stages)) {
      if (stage.installed() == toxic) {
        stage.update();
      }
    }
    outlet.flush();
  }

  void remove(Installed toxic) {
    for (Stage stage : List.copyOf(stages)) {
      if (stage.installed() == toxic) {
        stage.remove();
        if (!stage.done()) {
          stages.remove(stage);
        }
      }
    }
    relink();
    outlet.flush();
    room();
  }

  private void relink() {
    Runnable onRoom = this::wantMore;
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      stage.link(i + 1 < stages.size() ? stages.get(i + 1) : outlet, onRoom);
      onRoom = stage::serve;
    }
    outlet.flushEach(!stages.isEmpty());
  }

  private Inlet head() {
    return stages.isEmpty() ? outlet : stages.get(0);
  }

  boolean plain() {
    return stages.isEmpty();
  }

  boolean full() {
    return head().full();
  }

  void read(ByteBuf data) {
    traffic.read(data.readableBytes());
    boolean direct = stages.isEmpty() && outlet.idle();
    ByteBuf kept = direct || data.readableBytes() > WORTH_KEEPING ? data : shrunk(data);
    head().accept(new Chunk(kept, timers.nowNanos()));
  }

  private static ByteBuf shrunk(ByteBuf data) {
    try {
      return data.alloc().buffer(data.readableBytes()).writeBytes(data);
    } finally {
      data.release();
    }
  }

  void readComplete() {
    reading = false;
    outlet.flush();
    wantMore();
  }

  /** The source sends no more, or is gone. */
  void sourceEnded() {
    if (!ended) {
      ended = true;
      head().acceptEnd();
    }
  }

  /** The destination is gone: what waits for it is dropped. */
  void destinationGone() {
    stages.forEach(Stage::close);
  }

  /** The destination takes more. */
  void room() {
    if (stages.isEmpty()) {
      wantMore();
    } else {
      stages.get(stages.size() - 1).serve();
      wantMore();
    }
  }

  private void wantMore() {
    if (!ended && !reading && !head().full()) {
      reading = true;
      source.read();
    }
  }

  @Override
  public Timers timers() {
    return timers;
  }

  @Override
  public Chance chance(String toxic) {
    return connection.chance(direction, toxic);
  }

  @Override
  public long connection() {
    return connection.number();
  }

  @Override
  public void decided(String toxic, String what, long value) {
    connection.decided(direction, toxic, what, value);
  }

  @Override
  public void resetOnClose(boolean reset) {
    connection.resetOnClose(reset);
  }

  @Override
  public void abort() {
    connection.abort();
  }

  @Override
  public void cut() {
    outlet.acceptEnd();
    var unused = source.close();
  }

  @Override
  public void answer(String text) {
    ended = true;
    source
        .writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1))
        .addListener(f -> connection.close());
  }
}
