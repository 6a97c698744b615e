package dev.holdfast.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every byte at every place of texts of every length, beside a look at each byte. */
class PlainTextTest {
  private static final int LONGEST = 20;

  @Test
  void seesWhatNeedsAnEscapeWhereverItStands() {
    for (int length = 1; length <= LONGEST; length++) {
      for (int place = 0; place < length; place++) {
        for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
          byte[] text = "a".repeat(length).getBytes(StandardCharsets.US_ASCII);
          text[place] = (byte) value;
          boolean escape = (value >= 0 && value < ' ') || value == '"' || value == '\\';
          boolean ascii = value >= ' ' && value <= '~';
          String where = value + " at " + place + " of " + length;
          assertEquals(!escape, PlainText.needsNoEscape(text), where);
          assertEquals(ascii && !escape, PlainText.isPrintableAscii(text), where);
        }
      }
    }
  }
}
