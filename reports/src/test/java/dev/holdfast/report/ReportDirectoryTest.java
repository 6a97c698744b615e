package dev.holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.format.Format;
import dev.holdfast.report.format.Formats;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportDirectoryTest {
  @TempDir Path temp;

  @Test
  void holdsItsFilesTheEvidenceAndTheManifest() throws Exception {
    Path out = temp.resolve("a/b");
    ReportDirectory directory = ReportDirectory.open(out);
    directory.evidence("chaos/cut/history.jsonl", "{}\n");
    Path page = directory.write(Sample.failing());

    assertEquals(out.resolve("index.html"), page);
    assertEquals(
        List.of(
            ".holdfast-report",
            "badge.svg",
            "evidence",
            "index.html",
            "junit.xml",
            "manifest.json",
            "report.json",
            "summary.md"),
        names(out));
    assertEquals("{}\n", Files.readString(out.resolve("evidence/chaos/cut/history.jsonl")));
  }

  @Test
  void overwritesAnEarlierReportWithAllItsEvidence() throws Exception {
    ReportDirectory.open(temp).write(Sample.failing());
    ReportDirectory.open(temp).evidence("old.txt", "old");

    ReportDirectory.open(temp).write(Sample.passing());

    assertEquals(0, JsonFormat.read(temp.resolve("report.json")).outcome().exitCode());
    assertFalse(Files.exists(temp.resolve("evidence/old.txt")));
  }

  @Test
  void aReportIsKnownByItsJsonToo() throws Exception {
    ReportDirectory.open(temp).write(Sample.passing());
    Files.delete(temp.resolve(".holdfast-report"));

    assertEquals(temp, ReportDirectory.open(temp).path());
  }

  @Test
  void refusesAFolderThatHoldsSomethingElse() throws Exception {
    Files.writeString(temp.resolve("thesis.txt"), "years of work");

    String message = refusal(temp);

    assertEquals(
        temp + " is not empty and holds no report; give --out another folder, or empty this one",
        message);
    assertEquals(List.of("thesis.txt"), names(temp));
  }

  @Test
  void refusesAFile() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertEquals(file + " is a file; give --out a folder", refusal(file));
  }

  @Test
  void aPlaceThatCannotBeWrittenIsSaidAtOnce() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    ReportWriteException e =
        assertThrows(
            ReportWriteException.class, () -> ReportDirectory.open(file.resolve("report")));

    assertTrue(String.valueOf(e.getMessage()).startsWith("cannot write " + file), e.getMessage());
  }

  @Test
  void whenTheDiskFillsTheOldFileStaysAndTheOthersAreSaved() throws Exception {
    ReportDirectory.open(temp).write(Sample.passing());
    Files.writeString(temp.resolve("full.txt"), "as it was");
    ReportDirectory directory =
        new ReportDirectory(temp, List.of(new DiskFull(), new JsonFormat()));

    ReportWriteException e =
        assertThrows(ReportWriteException.class, () -> directory.write(Sample.failing()));

    assertEquals(
        "cannot write " + temp.resolve("full.txt") + ": No space left on device", e.getMessage());
    assertEquals("as it was", Files.readString(temp.resolve("full.txt")));
    assertEquals(1, JsonFormat.read(temp.resolve("report.json")).outcome().exitCode());
    assertTrue(
        names(temp).stream().noneMatch(name -> name.endsWith(".tmp")), names(temp).toString());
  }

  @Test
  void evidenceStaysWithinItsFolder() {
    ReportDirectory directory = ReportDirectory.open(temp);

    assertThrows(IllegalArgumentException.class, () -> directory.evidence("../report.json", ""));
    assertThrows(IllegalArgumentException.class, () -> directory.evidence("", ""));
  }

  @Test
  void halfACharacterDoesNotStopTheReport() throws Exception {
    ReportDirectory.open(temp).evidence("broken.txt", "a\ud800b");

    assertEquals("a?b", Files.readString(temp.resolve("evidence/broken.txt")));
  }

  @Test
  void everyFormatHasAFileOfItsOwn() {
    List<String> names = Formats.FILES.stream().map(Format::fileName).toList();

    assertEquals(names.size(), new TreeSet<>(names).size());
  }

  /** Writes a little and then finds the disk full. */
  private static final class DiskFull implements Format {
    @Override
    public String fileName() {
      return "full.txt";
    }

    @Override
    public void write(RunReport report, Writer out) throws IOException {
      out.write("half a rep");
      out.flush();
      throw new IOException("No space left on device");
    }
  }

  private static String refusal(Path path) {
    return String.valueOf(
        assertThrows(NotAReportException.class, () -> ReportDirectory.open(path)).getMessage());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
