package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that cannot be written: said at once, exit code 70, and the rest is saved. */
class WriteFailureTest {
  @TempDir Path folder;

  /** Root may write everywhere, so the folder lies below a file: nobody can make it there. */
  @Test
  void aFolderThatCannotBeMadeIsSaidBeforeAnythingRuns() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Spoken spoken = Spoken.by("chaos", "--out", file.resolve("report").toString());

    assertEquals(70, spoken.exitCode(), spoken::err);
    assertTrue(spoken.firstError().contains("cannot write"), spoken::err);
    assertFalse(spoken.err().contains("seed"), "it ran first");
  }

  /** In place of a history stands a folder, as in place of a page: neither can be replaced. */
  @Test
  void evidenceThatCannotBeWrittenIsSaidAtOnceAndWhatCanBeIsSaved() throws Exception {
    Path out = folder.resolve("report");
    Path page = out.resolve("index.html");
    var err = new ByteArrayOutputStream();
    // As soon as the run says its seed, its directory is open and empty.
    OutputStream sabotage =
        new OutputStream() {
          @Override
          public void write(int b) {
            err.write(b);
            if (b == '\n' && !Files.exists(page)) {
              inTheWay(page.resolve("x"));
              inTheWay(out.resolve("evidence/chaos/core/half-open/history.jsonl/x"));
            }
          }
        };
    var said = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new PrintStream(said, true, StandardCharsets.UTF_8),
            new PrintStream(sabotage, true, StandardCharsets.UTF_8),
            Map.of(),
            Terminal.NONE,
            Signals.NONE);

    int code =
        Main.run(new String[] {"chaos", "--scenario", "half-open", "--out", out.toString()}, shell);

    String progress = err.toString(StandardCharsets.UTF_8);
    assertEquals(70, code, progress);
    assertTrue(progress.contains("stopping: cannot write"), progress);
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("cannot write"));
    assertFalse(Files.isRegularFile(page));
    assertTrue(Files.readString(out.resolve("junit.xml")).contains("cannot write"));
    assertTrue(Files.readString(out.resolve("report.json")).contains("cannot write"));
  }

  private static void inTheWay(Path path) {
    try {
      Files.createDirectories(path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
