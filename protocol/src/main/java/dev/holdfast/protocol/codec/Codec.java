package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.frame.ErrorCode;
import dev.holdfast.protocol.frame.Frame;

/** Turns text into frames and frames into text. Never throws for what a peer wrote. */
public final class Codec {
  /** Nested deeper than this, a frame is no valid JSON to us. */
  public static final int MAX_DEPTH = 64;

  /** One for each thread: only what it has written before makes the next frame cheaper. */
  private static final ThreadLocal<FrameWriter> WRITERS = ThreadLocal.withInitial(FrameWriter::new);

  private Codec() {}

  /** How much of a peer's freedom is accepted. */
  public enum Reading {
    /** Every field that this version knows must be of its kind. */
    STRICT,
    /** Optional fields of another kind count as absent: a plain server may use the names freely. */
    TOLERANT
  }

  public static String encode(Frame frame) {
    return WRITERS.get().write(frame).toString();
  }

  /** The text of a frame as it goes on the wire. */
  public static byte[] encodeUtf8(Frame frame) {
    return WRITERS.get().write(frame).toUtf8();
  }

  public static Decoded decode(String text, Reading reading) {
    try {
      return FrameReader.read(JsonReader.read(text), reading);
    } catch (Malformed e) {
      return invalidJson(e.explanation());
    }
  }

  private static Decoded invalidJson(String why) {
    return new Decoded.Violation(ErrorCode.INVALID_JSON, "Not a JSON text: " + why, null, -1);
  }
}
