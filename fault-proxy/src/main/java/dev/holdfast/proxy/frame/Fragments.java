package dev.holdfast.proxy.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The fragments of one message, until its last one has come. A fault is about a message: a fragment
 * that is lost, repeated or late would break the WebSocket protocol itself.
 */
public final class Fragments {
  private final ByteBuf sent = Unpooled.buffer();
  private final ByteBuf payload = Unpooled.buffer();
  private @Nullable Frame first;

  /** Whether this frame is a fragment: it ends no message, or goes on with one. */
  public boolean isPart(Frame frame) {
    return !frame.isControl() && (first != null || !frame.isFinal());
  }

  /** Takes a fragment; returns the message once it is whole. */
  public @Nullable Frame add(Frame fragment) {
    Frame beginning = first == null ? fragment : first;
    first = beginning;
    sent.writeBytes(fragment.bytes().duplicate());
    payload.writeBytes(fragment.payload());
    if (!fragment.isFinal()) {
      return null;
    }
    Frame whole = beginning.joined(payload, sent.copy());
    clear();
    return whole;
  }

  /** How much has come of an unfinished message. */
  public int bytes() {
    return sent.readableBytes();
  }

  /** Gives up the fragments as they were on the wire, and forgets them. */
  public ByteBuf taken() {
    ByteBuf all = sent.copy();
    clear();
    return all;
  }

  private void clear() {
    sent.clear();
    payload.clear();
    first = null;
  }
}
