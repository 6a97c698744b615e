package dev.holdfast.proxy.frame;

import io.netty.buffer.ByteBuf;

/**
 * Where a byte stream stands in the WebSocket protocol: in the head of the handshake, within a
 * frame, or between two. It only looks; a stream that does not begin like a handshake is opaque for
 * good and costs nothing more.
 */
public final class Framing {
  /** What the next byte is part of. */
  public enum Mode {
    HEAD,
    FRAMES,
    OPAQUE
  }

  private Mode mode = Mode.HEAD;
  private final StringBuilder head = new StringBuilder();
  private final byte[] header = new byte[Frame.MAX_HEADER_BYTES];
  private int headerBytes;
  private long payloadLeft;
  private boolean fromClient;

  public Framing copy() {
    Framing copy = new Framing();
    copy.mode = mode;
    copy.head.append(head);
    System.arraycopy(header, 0, copy.header, 0, headerBytes);
    copy.headerBytes = headerBytes;
    copy.payloadLeft = payloadLeft;
    copy.fromClient = fromClient;
    return copy;
  }

  public Mode mode() {
    return mode;
  }

  /** Whether nothing has been begun: neither the head nor a frame. */
  public boolean atBoundary() {
    return head.isEmpty() && headerBytes == 0 && payloadLeft == 0;
  }

  /** Whether these are a client's frames, which must be masked. */
  public boolean fromClient() {
    return fromClient;
  }

  /** Takes note of all readable bytes, which stay readable. */
  public void observe(ByteBuf data) {
    int index = data.readerIndex();
    while (index < data.writerIndex() && mode != Mode.OPAQUE) {
      index += advance(data, index);
    }
  }

  /** Takes note of bytes up to the next boundary, and says how many those are. */
  public int observeToBoundary(ByteBuf data) {
    int index = data.readerIndex();
    do {
      index += advance(data, index);
    } while (index < data.writerIndex() && !atBoundary() && mode != Mode.OPAQUE);
    return mode == Mode.OPAQUE ? data.readableBytes() : index - data.readerIndex();
  }

  private int advance(ByteBuf data, int index) {
    return switch (mode) {
      case HEAD -> headByte(data.getByte(index));
      case FRAMES ->
          payloadLeft > 0 ? payload(data.writerIndex() - index) : headerByte(data.getByte(index));
      case OPAQUE -> data.writerIndex() - index;
    };
  }

  private int headByte(byte next) {
    head.append((char) (next & 0xff));
    if (!Head.mayBegin(head) || head.length() > Head.MAX_BYTES) {
      leaveHead(Mode.OPAQUE);
    } else if (Head.complete(head)) {
      fromClient = Head.isRequest(head);
      leaveHead(Head.upgrades(head) ? Mode.FRAMES : Mode.OPAQUE);
    }
    return 1;
  }

  private void leaveHead(Mode next) {
    mode = next;
    head.setLength(0);
    head.trimToSize();
  }

  private int headerByte(byte next) {
    header[headerBytes] = next;
    headerBytes++;
    if (headerBytes >= 2 && headerBytes == Frame.headerLength(header[1])) {
      payloadLeft = Frame.payloadLength(header);
      headerBytes = 0;
      if (payloadLeft < 0) {
        mode = Mode.OPAQUE;
      }
    }
    return 1;
  }

  private int payload(int available) {
    int taken = (int) Math.min(payloadLeft, available);
    payloadLeft -= taken;
    return taken;
  }
}
