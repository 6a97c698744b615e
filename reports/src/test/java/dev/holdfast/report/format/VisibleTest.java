package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class VisibleTest {

  @Test
  void controlCharactersBecomeTheirPictures() {
    assertEquals("a␀␛␡b", Visible.of("a\u0000\u001b\u007fb"));
  }

  @Test
  void whatHidesIsSpeltOut() {
    assertEquals("\\u202e \\ud800 \\uffff \\u0085", Visible.of("\u202e \ud800 \uffff \u0085"));
  }

  @Test
  void ordinaryTextStays() {
    String text = "naïve 中文 👩‍💻\n\tend";
    assertEquals(text, Visible.of(text));
  }

  @Test
  void saysHowMuchItLeavesOut() {
    assertEquals("abc … (1,234 more)", Visible.of("abc" + "x".repeat(1_234), 3));
    assertEquals("ab … (3 more)", Visible.of("ab😀c", 3));
  }
}
