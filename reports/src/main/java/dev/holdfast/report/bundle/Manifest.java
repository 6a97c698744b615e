package dev.holdfast.report.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.ReportReadException;
import dev.holdfast.report.result.Problem;
import dev.holdfast.report.result.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The list of all files of a bundle, {@code manifest.json}, with the SHA-256 of each.
 *
 * <p>Its own SHA-256 is the bundle's seal. Whoever keeps that elsewhere, in a CI log for example,
 * can tell a bundle that was forged as a whole from the one that the run left behind.
 *
 * @param manifestVersion of this record as JSON
 * @param partial why the run ended early; null when it is whole
 * @param auditHeads where the chain of each audit log ended, {@code ENTRY:HASH} by folder
 * @param files by their paths from the bundle's folder, with forward slashes
 */
public record Manifest(
    int manifestVersion,
    String holdfastVersion,
    String command,
    String target,
    @Nullable Long seed,
    String verdict,
    int exitCode,
    @Nullable String partial,
    Map<String, String> auditHeads,
    Map<String, Sealed> files) {
  public static final String FILE = "manifest.json";
  private static final int VERSION = 1;

  /** What a file was when the bundle was sealed. */
  public record Sealed(long bytes, String sha256) {}

  public Manifest {
    auditHeads = Collections.unmodifiableMap(new TreeMap<>(auditHeads));
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  static Manifest of(RunReport report, Map<String, String> auditHeads, Map<String, Sealed> files) {
    return new Manifest(
        VERSION,
        report.holdfastVersion(),
        report.command(),
        report.target(),
        report.seed(),
        report.outcome().verdict().toString(),
        report.outcome().exitCode(),
        report.partial(),
        auditHeads,
        files);
  }

  /** Whether what it says of the run is what the report says. */
  public boolean tells(RunReport report) {
    return equals(of(report, auditHeads, files));
  }

  /**
   * Reads the manifest of a bundle.
   *
   * @throws ReportReadException if there is none, or none that this can read
   */
  public static Manifest read(Path bundle) {
    Path file = bundle.resolve(FILE);
    try {
      Manifest read = JsonFormat.MAPPER.readValue(Files.readString(file), Manifest.class);
      if (read.manifestVersion() != VERSION) {
        throw new ReportReadException(
            file + " has version " + read.manifestVersion() + "; this Holdfast reads " + VERSION,
            null);
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new ReportReadException(file + " is no manifest: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new ReportReadException("cannot read " + file + ": " + Problem.describe(e), e);
    }
  }

  String json() throws IOException {
    return JsonFormat.PRETTY.writeValueAsString(this) + "\n";
  }
}
