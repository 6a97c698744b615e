package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Fragments;
import dev.holdfast.proxy.frame.Frame;
import dev.holdfast.proxy.frame.Framing;
import dev.holdfast.proxy.frame.Head;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A pipe that is handed whole frames, and the head of the handshake. What it cannot see whole, such
 * as a frame that began before it came or one above a megabyte, it passes as it is.
 */
class FramePipe extends Pipe {
  /** A larger frame flows by unseen, so that what waits here is bounded. */
  private static final int MAX_FRAME_BYTES = (1 << 20) + 14;

  private final Framing framing;
  private final ByteBuf pending = Unpooled.buffer();
  private final Fragments fragments = new Fragments();
  private long stampNanos;
  private boolean busy;

  FramePipe(Flow flow) {
    super(flow);
    this.framing = flow.memory(Framing.class, flow::framing);
  }

  /** A whole frame, or a message of several; the pipe owns it. */
  protected void frame(Frame frame) {
    pass(frame.sent());
  }

  /** A whole head; what is given back is passed in its place. Null passes nothing. */
  protected @Nullable String head(String head) {
    if (!Head.isRequest(head) || !Head.offersCompression(head)) {
      return head;
    }
    flow.note("compression_stripped", 1);
    return Head.withoutExtensions(head);
  }

  /** Whether this direction carries what a client sends. */
  protected boolean fromClient() {
    return framing.fromClient();
  }

  /** Whether frames flow and none is half through. */
  protected boolean betweenFrames() {
    return framing.mode() == Framing.Mode.FRAMES
        && framing.atBoundary()
        && !pending.isReadable()
        && fragments.bytes() == 0;
  }

  protected void pass(ByteBuf bytes) {
    flow.pass(new Chunk(bytes, stampNanos));
  }

  /** Holds a frame, and all behind it, for a while. */
  protected void delay(Frame frame, long nanos) {
    busy = true;
    flow.hold(new Chunk(frame.sent(), stampNanos), nanos, () -> release(frame));
  }

  private void release(Frame frame) {
    busy = false;
    pass(frame.sent());
    work();
  }

  @Override
  public void chunk(Chunk chunk) {
    stampNanos = chunk.stampNanos();
    pending.discardSomeReadBytes().writeBytes(chunk.data());
    chunk.release();
    work();
  }

  @Override
  public void end() {
    Chunk rest = leftover();
    if (rest != null) {
      flow.pass(rest);
    }
    flow.end();
  }

  @Override
  public @Nullable Chunk leftover() {
    ByteBuf rest = fragments.taken().writeBytes(pending);
    return rest.isReadable() ? new Chunk(rest, stampNanos) : null;
  }

  private void work() {
    while (!busy && pending.isReadable() && !flow.ended() && step()) {
      // Each step takes something off.
    }
  }

  private boolean step() {
    return switch (framing.mode()) {
      case FRAMES -> framing.atBoundary() ? wholeFrame() : passBy();
      case HEAD -> headToCome() ? wholeHead() : passBy();
      case OPAQUE -> passBy();
    };
  }

  private boolean headToCome() {
    return framing.atBoundary() && Head.mayBegin(text());
  }

  private boolean passBy() {
    pass(take(framing.observeToBoundary(pending)));
    return true;
  }

  private boolean wholeFrame() {
    long length = Frame.wholeLength(pending);
    if (length > MAX_FRAME_BYTES) {
      flow.note("frame_too_large", length);
      return passBy();
    }
    if (length < 0 || length > pending.readableBytes()) {
      return false;
    }
    whole(new Frame(take((int) length)));
    return true;
  }

  /** A control frame between fragments goes ahead of their message, as it may. */
  private void whole(Frame frame) {
    Frame message = fragments.isPart(frame) ? fragments.add(frame) : frame;
    if (message != null) {
      frame(message);
    } else if (fragments.bytes() > MAX_FRAME_BYTES) {
      flow.note("frame_too_large", fragments.bytes());
      pass(fragments.taken());
    }
  }

  private boolean wholeHead() {
    int end = text().indexOf("\r\n\r\n") + 4;
    if (end < 4) {
      return pending.readableBytes() > Head.MAX_BYTES && passBy();
    }
    ByteBuf whole = take(end);
    framing.observe(whole);
    String replaced = head(whole.toString(StandardCharsets.ISO_8859_1));
    if (replaced != null) {
      pass(Unpooled.copiedBuffer(replaced, StandardCharsets.ISO_8859_1));
    }
    return true;
  }

  private ByteBuf take(int bytes) {
    return Unpooled.buffer(bytes).writeBytes(pending, bytes);
  }

  private String text() {
    int length = Math.min(pending.readableBytes(), Head.MAX_BYTES);
    return pending.toString(pending.readerIndex(), length, StandardCharsets.ISO_8859_1);
  }
}
