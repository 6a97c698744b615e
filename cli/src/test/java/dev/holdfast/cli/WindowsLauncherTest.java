package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The launcher for Windows says the same as the POSIX one. This compares their texts: no test runs
 * {@code cmd.exe} or PowerShell.
 */
class WindowsLauncherTest {
  private final String posix = Files.readString(Path.of("..", "holdfast"));
  private final String windows =
      Files.readString(Path.of("..", "holdfast.cmd")).replace("\r\n", "\n");

  WindowsLauncherTest() throws IOException {}

  /** All that the first group of a pattern matches in a text. */
  private static Set<String> all(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    assertTrue(!found.isEmpty(), () -> pattern + " is not in\n" + text);
    return found;
  }

  private void same(String inPosix, String inWindows) {
    assertEquals(all(inPosix, posix), all(inWindows, windows));
  }

  @Test
  void bothWantTheSameJdkAndEndWithTheSameCodes() {
    same("^OLDEST_JDK=(\\d+)", "^set \"OLDEST_JDK=(\\d+)\"");
    same("exit (\\d\\d)\\b", "exit (?:/b )?(\\d\\d)\\b");
    same("(install Maven .* PATH\\.)", "(install Maven .* PATH\\.)");
  }

  @Test
  void bothRunTheSameJar() {
    assertTrue(posix.contains("target=$home_dir/cli/target\njar=$target/holdfast.jar\n"));
    assertTrue(windows.contains("\"TARGET=%HERE%cli\\target\""));
    assertTrue(windows.contains(" -jar \"%TARGET%\\holdfast.jar\" %*"));
  }

  @Test
  void bothBuildWithTheSameWords() {
    assertEquals(maven(posix), maven(windows));
  }

  /** The options of the one call of Maven, but for the path of the POM. */
  private static Set<String> maven(String launcher) {
    String call = all("\\bmvn (-q .*) package", launcher).iterator().next();
    return all("(?<![\\w/])(-(?!f )\\w[\\w.=]*(?: 1C)?)", call);
  }

  @Test
  void aCheckGetsTheSameFlags() {
    same("!= check \\] \\|\\| flags='([^']*)'", "==\"check\" set \"FLAGS=([^\"]*)\"");
  }

  @Test
  void quickGetsTheSameFlagsWhereverItStands() {
    same("!= --quick \\] \\|\\| flags=(\\S+)", "==\"--quick\" set \"FLAGS=([^\"]*)\"");
    assertTrue(posix.contains("for word in \"$@\"; do"));
    assertTrue(windows.contains("\nshift /1\nif not \"%~1\"==\"\" goto words\n"));
  }

  /** Java sees neither a terminal nor its width; on Windows nothing tells it. */
  @Test
  void theTerminalIsAllThatWindowsDoesNotTell() {
    Set<String> told = all("-D(holdfast\\.\\w+)=", posix);
    assertTrue(told.removeAll(Set.of("holdfast.terminal", "holdfast.columns")));
    assertEquals(told, all("-D(holdfast\\.\\w+)=", windows));
  }
}
