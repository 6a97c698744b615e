package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is printed to be typed again begins with the path that was typed. */
class CalledTest {

  @ParameterizedTest
  @ValueSource(strings = {"gate --help", "gaet", "check server --help", "serve --help"})
  void aCommandBeginsWithThePathThatWasTyped(String words) throws Exception {
    String said = said("../x/holdfast", words.split(" "));

    assertTrue(said.contains("../x/holdfast "), said);
    assertFalse(said.contains(" ./holdfast"), said);
  }

  @Test
  void aPathThatAShellWouldTakeApartIsQuoted() throws Exception {
    assertTrue(said("/my tools/holdfast", "gate", "--help").contains("'/my tools/holdfast' gate"));
  }

  private static String said(String called, String... words)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String[] command = new String[words.length + 6];
    System.arraycopy(
        new String[] {
          java,
          "-XX:TieredStopAtLevel=1",
          "-Dholdfast.called=" + called,
          "-cp",
          System.getProperty("java.class.path"),
          Main.class.getName()
        },
        0,
        command,
        0,
        6);
    System.arraycopy(words, 0, command, 6, words.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertEquals(process.isAlive(), false);
    return said;
  }
}
