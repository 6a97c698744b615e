package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full in truth: a small one of memory, which only root may mount. */
@Tag("ci")
class FullDiskTest {
  private static final int ROOM_KB = 256;

  @TempDir Path folder;
  private Path disk = Path.of("");
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    String size = "size=" + ROOM_KB + "k";
    mounted = did("mount", "-t", "tmpfs", "-o", size, "tmpfs", disk.toString());
    String missing = "no tmpfs could be mounted; run this as root, on Linux";
    if (!mounted) {
      System.err.println("SKIPPED: " + missing);
    }
    Assumptions.assumeTrue(mounted, missing);
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertTrue(did("umount", disk.toString()));
    }
  }

  private static boolean did(String... words) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Histories fill it: that is said where it happens, no stage begins after it, what fits is there.
   */
  @Test
  void aDiskThatFillsUpIsSaidAtOnceAndWhatFitsIsThere() throws Exception {
    Path out = disk.resolve("report");
    Files.write(disk.resolve("ballast"), new byte[(ROOM_KB - 48) * 1024]);

    Spoken spoken = Spoken.by("chaos", "--scenario", "cut-mid-run", "--out", out.toString());

    assertEquals(70, spoken.exitCode(), spoken::out);
    assertTrue(spoken.err().contains("stopping: cannot write " + out), spoken::err);
    assertTrue(spoken.lastLine().contains("cannot write"), spoken::lastLine);
    assertTrue(spoken.lastLine().contains("No space left on device"), spoken::lastLine);
    assertTrue(Files.exists(out.resolve("evidence/config.json")), "what was written before");
    try (var left = Files.walk(out)) {
      assertEquals(0, left.filter(f -> f.toString().endsWith(".tmp")).count(), "no half files");
    }
  }

  @Test
  void aDiskThatIsFullIsSaidBeforeAnythingRuns() throws Exception {
    Files.write(disk.resolve("ballast"), new byte[ROOM_KB * 1024 - 4096]);
    fill(disk.resolve("rest"));

    Spoken spoken = Spoken.by("chaos", "--out", disk.resolve("report").toString());

    assertEquals(70, spoken.exitCode(), spoken::err);
    assertTrue(spoken.firstError().contains("cannot write"), spoken::err);
    assertTrue(spoken.err().contains("No space left on device"), spoken::err);
  }

  /** Until not a byte more goes in. */
  private static void fill(Path file) {
    try (var rest = Files.newOutputStream(file)) {
      for (int i = 0; i < ROOM_KB; i++) {
        rest.write(new byte[1024]);
      }
    } catch (IOException e) {
      // That is what was wanted.
    }
  }
}
