package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.cli.gate.SmallBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bundle is written on machines with other locales, time zones and line ends, and verified here.
 */
class OtherMachinesTest {
  /** Comma as decimal sign, a dotless i, digits that are not of ASCII. */
  private static final Map<String, List<String>> MACHINES =
      Map.of(
          "de", List.of("-Duser.timezone=Asia/Kolkata"),
          "tr", List.of("-Dline.separator=\r\n"),
          "ar", List.of("-Duser.country=EG", "-Dfile.encoding=COMPAT"));

  @TempDir Path folder;

  @Test
  void aBundleThatWasWrittenElsewhereVerifies() throws Exception {
    Map<String, Process> writers = new LinkedHashMap<>();
    for (String language : MACHINES.keySet()) {
      writers.put(language, writing(language));
    }
    for (Process writer : writers.values()) {
      assertEquals(0, writer.waitFor());
    }
    assertAll(writers.keySet().stream().map(language -> () -> verifies(language)));
  }

  private void verifies(String language) {
    Spoken verified = Spoken.by("verify", folder.resolve(language).toString());
    assertEquals(0, verified.exitCode(), () -> language + ": " + verified.out());
  }

  private Process writing(String language) throws IOException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.language=" + language);
    List<String> main =
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            SmallBundle.class.getName(),
            folder.resolve(language).toString());
    List<String> words =
        Stream.of(java, MACHINES.get(language), main).flatMap(List::stream).toList();
    return new ProcessBuilder(words).inheritIO().start();
  }
}
