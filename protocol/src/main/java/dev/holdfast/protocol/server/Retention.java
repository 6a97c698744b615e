package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.ToolExecution;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * Frames kept for a client that may come back, oldest first, within limits.
 *
 * @param frames what can still be replayed
 * @param bytes their estimated size
 * @param floor the highest position that can no longer be replayed
 * @param overflowed whether frames were dropped before anybody saw them
 */
public record Retention(PVector<Frame> frames, long bytes, long floor, boolean overflowed) {

  static final Retention EMPTY = new Retention(TreePVector.empty(), 0, 0, false);

  /** What an envelope takes on the wire, roughly. */
  private static final long ENVELOPE_BYTES = 200;

  /** Keeps one more frame and drops the oldest beyond the limits. */
  Retention plus(Frame frame, int maxFrames, long maxBytes) {
    Retention grown = new Retention(frames.plus(frame), bytes + size(frame), floor, overflowed);
    while (grown.frames.size() > maxFrames || grown.bytes > maxBytes) {
      grown = grown.withoutOldest(true);
    }
    return grown;
  }

  /** Drops what the client has processed. */
  Retention ackedTo(long position) {
    Retention left = this;
    while (!left.frames.isEmpty() && left.frames.get(0).envelope().seq() <= position) {
      left = left.withoutOldest(left.overflowed);
    }
    return left;
  }

  /** Nothing is left; everything up to {@code position} is gone. */
  static Retention emptyAbove(long position) {
    return new Retention(TreePVector.empty(), 0, position, false);
  }

  /** Whether a client that has everything up to {@code ack} can be given all the rest. */
  boolean covers(long ack) {
    return ack >= floor;
  }

  private Retention withoutOldest(boolean overflow) {
    Frame oldest = frames.get(0);
    return new Retention(
        frames.minus(0), bytes - size(oldest), Math.max(floor, oldest.envelope().seq()), overflow);
  }

  /** An estimate: one byte a character and a flat rate for the envelope. */
  static long size(Frame frame) {
    return ENVELOPE_BYTES + size(frame.body());
  }

  private static long size(Body body) {
    return switch (body) {
      case Message m -> {
        long size = m.content() == null ? 0 : m.content().length();
        for (Message.Artifact artifact : m.artifacts()) {
          size += artifact.json().length() + artifact.type().length();
        }
        yield size;
      }
      case ToolExecution t -> t.detailsJson() == null ? 0 : t.detailsJson().length();
      default -> 0;
    };
  }
}
