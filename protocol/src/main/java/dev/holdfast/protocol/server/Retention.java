package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import org.jspecify.annotations.Nullable;
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

  /** Everything up to {@code position} is given up; what nobody had seen leaves a hole. */
  Retention givenUpTo(long position) {
    return new Retention(TreePVector.empty(), 0, position, overflowed || !frames.isEmpty());
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

  /** An estimate: the texts in UTF-8 and a flat rate for the envelope. */
  static long size(Frame frame) {
    return ENVELOPE_BYTES + size(frame.body());
  }

  private static long size(Body body) {
    return switch (body) {
      case Message m -> {
        long size = utf8(m.content());
        for (Message.Artifact artifact : m.artifacts()) {
          size += utf8(artifact.json()) + utf8(artifact.type());
        }
        yield size;
      }
      case ToolExecution t -> utf8(t.tool()) + utf8(t.detailsJson());
      case Failure f -> utf8(f.error());
      case Status.Processing p -> {
        long size = utf8(p.message());
        for (String task : p.tasks()) {
          size += utf8(task);
        }
        yield size;
      }
      default -> 0;
    };
  }

  private static long utf8(@Nullable String text) {
    long bytes = 0;
    for (int i = 0; text != null && i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = Character.isSurrogate(c);
      bytes += c < 0x80 ? 1 : c < 0x800 || pair ? 2 : 3;
    }
    return bytes;
  }
}
