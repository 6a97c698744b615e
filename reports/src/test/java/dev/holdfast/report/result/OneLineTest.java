package dev.holdfast.report.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneLineTest {

  @Test
  void breaksAndBlanksBecomeOneSpace() {
    assertEquals("a b c", OneLine.of("  a\r\n\tb\u2028c \n", 80));
  }

  @Test
  void cutsWithAnEllipsis() {
    assertEquals("abcd…", OneLine.of("abcdefgh", 5));
    assertEquals("abcde", OneLine.of("abcde", 5));
  }

  @Test
  void neverCutsACharacterInTwo() {
    assertEquals("abc…", OneLine.of("abc😀def", 5));
  }

  @Test
  void nothingIsLeftThatDrivesATerminal() {
    assertEquals("a\ufffd[31mb\ufffd\ufffd", OneLine.of("a\u001b[31mb\u0007\u009b", 80));
  }
}
