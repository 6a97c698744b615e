package dev.holdfast.protocol.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells text that JSON writes as it is, eight bytes at a time: most texts are such, and a look at
 * each byte of them cost as much as all the rest of a frame.
 */
public final class PlainText {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long EACH = 0x0101_0101_0101_0101L;
  private static final long TOP_BITS = EACH << 7;
  private static final long SPACES = ' ' * EACH;
  private static final long QUOTES = '"' * EACH;
  private static final long BACKSLASHES = '\\' * EACH;
  private static final long DELETES = 0x7F * EACH;

  private PlainText() {}

  /** Whether no byte of some UTF-8 is a control character, a quote or a backslash. */
  public static boolean needsNoEscape(byte[] utf8, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      if (escapes((long) EIGHT.get(utf8, i)) != 0) {
        return false;
      }
    }
    for (; i < to; i++) {
      if (needsEscape(utf8[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether, besides, all of it is printable ASCII. */
  public static boolean isPrintableAscii(byte[] utf8, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long eight = (long) EIGHT.get(utf8, i);
      if ((escapes(eight) | zeros(eight ^ DELETES) | (eight & TOP_BITS)) != 0) {
        return false;
      }
    }
    for (; i < to; i++) {
      if (needsEscape(utf8[i]) || utf8[i] < 0 || utf8[i] == 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** Whether JSON has to write a byte of UTF-8 otherwise. */
  static boolean needsEscape(byte b) {
    return (b >= 0 && b < ' ') || b == '"' || b == '\\';
  }

  /** Zero if none of eight bytes needs an escape. */
  private static long escapes(long eight) {
    long controls = (eight - SPACES) & ~eight & TOP_BITS;
    return controls | zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES);
  }

  /** Zero if none of eight bytes is zero. */
  private static long zeros(long eight) {
    return (eight - EACH) & ~eight & TOP_BITS;
  }
}
