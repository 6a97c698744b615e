package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes that differ in heap and in how they hash tell the same stories, byte for byte.
 *
 * <p>{@code Set.of} and {@code Map.of} iterate by a salt of each process, identity hashes by the
 * option below: what depended on either would show.
 */
class DeterminismTest {
  private static final int STORIES = Integer.getInteger("stories", 60);

  /** Writes the traces of some stories to a file; run in processes of its own. */
  static final class Teller {
    private Teller() {}

    public static void main(String[] args) throws IOException {
      Swarm swarm = Swarm.reference();
      try (Writer file = Files.newBufferedWriter(Path.of(args[0]), StandardCharsets.UTF_8)) {
        for (long seed = 1; seed <= Long.parseLong(args[1]); seed++) {
          for (String line : swarm.trace(StoryTeller.of(seed))) {
            file.write(line);
            file.write('\n');
          }
        }
      }
    }
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void otherHeapAndOtherHashesTellTheSame(@TempDir Path folder) throws Exception {
    Path one = folder.resolve("one.jsonl");
    Path two = folder.resolve("two.jsonl");
    Process first = tell(one, "-Xmx192m", "-XX:hashCode=0");
    Process second = tell(two, "-Xmx384m", "-XX:hashCode=3");
    assertEquals(0, first.waitFor());
    assertEquals(0, second.waitFor());
    assertTrue(Files.size(one) > 100_000, "hardly anything was told");
    assertEquals(-1, Files.mismatch(one, two), "the byte at which they part");
  }

  private static Process tell(Path file, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UnlockExperimentalVMOptions");
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Teller.class.getName(), file.toString(), String.valueOf(STORIES)));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
