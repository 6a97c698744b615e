package dev.holdfast.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.holdfast.report.bundle.Manifest;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.Format;
import dev.holdfast.report.format.Formats;
import dev.holdfast.report.result.RunReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one report: its files, the evidence in a folder beside them, and the manifest.
 *
 * <p>A file appears whole or not at all: it is written under another name and then moved. What a
 * directory held of an earlier report goes when it is opened; a directory that holds something else
 * is refused, so that a slip in {@code --out} destroys nothing.
 */
public final class ReportDirectory {
  private static final String MARKER = ".holdfast-report";

  /** Where what the verdict rests on is kept, beside the report. */
  public static final String EVIDENCE = "evidence";

  private final Path path;
  private final List<Format> formats;

  ReportDirectory(Path path, List<Format> formats) {
    this.path = path;
    this.formats = formats;
  }

  /**
   * Makes the directory ready, before the run that it is for.
   *
   * @throws NotAReportException if it holds something that is no report
   * @throws ReportWriteException if it cannot be written
   */
  public static ReportDirectory open(Path path) {
    return open(path, Formats.FILES);
  }

  static ReportDirectory open(Path given, List<Format> formats) {
    Path path = given.normalize();
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new NotAReportException(path + " is a file; give --out a folder");
    }
    ReportDirectory directory = new ReportDirectory(path, formats);
    try {
      Files.createDirectories(path);
      directory.refuseWhatIsNoReport();
      directory.clear();
      put(path.resolve(MARKER), out -> out.write("Holdfast may overwrite this folder.\n"));
    } catch (IOException e) {
      throw ReportWriteException.at(path, e);
    }
    return directory;
  }

  public Path path() {
    return path;
  }

  /**
   * Writes every format.
   *
   * @return the page to open
   * @throws ReportWriteException if one could not be written; the others are there all the same
   */
  public Path write(RunReport report) {
    return write(report, Map.of());
  }

  /**
   * Writes every format, and last the manifest that seals them and the evidence.
   *
   * @param auditHeads where each audit log's chain ends, {@code ENTRY:HASH} by folder
   */
  public Path write(RunReport report, Map<String, String> auditHeads) {
    ReportWriteException failed = null;
    for (Format format : formats) {
      Path file = path.resolve(format.fileName());
      try {
        put(file, out -> format.write(report, out));
      } catch (IOException e) {
        failed = first(failed, ReportWriteException.at(file, e));
      }
    }
    Path manifest = path.resolve(Manifest.FILE);
    try {
      String sealed = Seal.of(path, report, auditHeads);
      put(manifest, out -> out.write(sealed));
    } catch (IOException e) {
      failed = first(failed, ReportWriteException.at(manifest, e));
    }
    if (failed != null) {
      throw failed;
    }
    return path.resolve("index.html");
  }

  /**
   * Writes a piece of evidence, for example a history.
   *
   * @param name a plain file name or one with folders, {@code chaos/cut-mid-run/history.jsonl}
   */
  public Path evidence(String name, String text) {
    Path file = evidencePath(name);
    try {
      put(file, out -> out.write(text));
      return file;
    } catch (IOException e) {
      throw ReportWriteException.at(file, e);
    }
  }

  /** Where a piece of evidence belongs that its owner writes as it comes; its folder is there. */
  public Path evidencePath(String name) {
    Path folder = path.resolve(EVIDENCE);
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new IllegalArgumentException("evidence has to lie within its folder: " + name);
    }
    try {
      Files.createDirectories(requireNonNull(file.getParent()));
      return file;
    } catch (IOException e) {
      throw ReportWriteException.at(file, e);
    }
  }

  private static ReportWriteException first(
      @Nullable ReportWriteException earlier, ReportWriteException now) {
    if (earlier == null) {
      return now;
    }
    earlier.addSuppressed(now);
    return earlier;
  }

  private void refuseWhatIsNoReport() throws IOException {
    boolean empty;
    try (Stream<Path> entries = Files.list(path)) {
      empty = entries.findAny().isEmpty();
    }
    if (!empty && !isReport()) {
      throw new NotAReportException(
          path + " is not empty and holds no report; give --out another folder, or empty this one");
    }
  }

  private boolean isReport() throws IOException {
    Path json = path.resolve("report.json");
    return Files.exists(path.resolve(MARKER))
        || (Files.isRegularFile(json) && Files.readString(json).contains("\"holdfast_version\""));
  }

  private void clear() throws IOException {
    for (Format format : formats) {
      Files.deleteIfExists(path.resolve(format.fileName()));
    }
    Files.deleteIfExists(path.resolve(Manifest.FILE));
    Path evidence = path.resolve(EVIDENCE);
    if (Files.exists(evidence)) {
      try (Stream<Path> old = Files.walk(evidence)) {
        for (Path p : new ArrayList<>(old.toList()).reversed()) {
          Files.delete(p);
        }
      }
    }
  }

  /** Something that writes text. */
  private interface Content {
    void writeTo(Writer out) throws IOException;
  }

  private static void put(Path file, Content content) throws IOException {
    Path unfinished = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      // A stream's encoder replaces half a surrogate pair; that of newBufferedWriter throws.
      try (Writer out =
          new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(unfinished), UTF_8))) {
        content.writeTo(out);
      }
      AtomicMove.replace(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
