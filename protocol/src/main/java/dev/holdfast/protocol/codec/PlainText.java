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
  public static boolean needsNoEscape(byte[] utf8) {
    return isPlain(utf8, 0);
  }

  /** Whether, besides, all of it is printable ASCII. */
  public static boolean isPrintableAscii(byte[] utf8) {
    return isPlain(utf8, TOP_BITS);
  }

  /**
   * @param ascii {@link #TOP_BITS} if only printable ASCII is plain, otherwise 0
   */
  private static boolean isPlain(byte[] utf8, long ascii) {
    int i = 0;
    for (; i <= utf8.length - Long.BYTES; i += Long.BYTES) {
      if (!isPlain((long) EIGHT.get(utf8, i), ascii)) {
        return false;
      }
    }
    long rest = SPACES;
    for (; i < utf8.length; i++) {
      rest = rest << Byte.SIZE | Byte.toUnsignedLong(utf8[i]);
    }
    return isPlain(rest, ascii);
  }

  private static boolean isPlain(long eight, long ascii) {
    long controls = (eight - SPACES) & ~eight & TOP_BITS;
    long escapes = controls | zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES);
    long others = (eight | zeros(eight ^ DELETES)) & ascii;
    return (escapes | others) == 0;
  }

  /** Zero if none of eight bytes is zero. */
  private static long zeros(long eight) {
    return (eight - EACH) & ~eight & TOP_BITS;
  }
}
