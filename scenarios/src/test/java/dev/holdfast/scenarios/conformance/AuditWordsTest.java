package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.audit.AuditMapping;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A declared log is read in its own words, and an empty one proves nothing. */
@Timeout(120)
class AuditWordsTest {
  private static final Pace PACE = new Pace(1_500, 100, 8, false);

  @TempDir Path folder;

  @Test
  void anEmptyLogIsInconclusive() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Map<String, Finding> found = played(AuditMapping.STANDARD, empty);

    assertEquals(8, found.size());
    for (Finding finding : found.values()) {
      assertEquals(Verdict.INCONCLUSIVE, finding.verdict(), finding::toString);
      assertTrue(String.valueOf(finding.seen()).contains("is target.audit right?"), finding::seen);
    }
  }

  @Test
  void aMappedLogIsReadThroughItsMapping() throws Exception {
    Path file = folder.resolve("mapping.yaml");
    Files.writeString(
        file, "fields: {event: event}\nevents: {connect: [connect], run_ended: [run_ended]}\n");

    Map<String, Finding> found = played(AuditMapping.read(file), null);

    assertEquals(Verdict.PASS, of(found, "audit/records-connect").verdict());
    assertEquals(Verdict.PASS, of(found, "audit/records-run-ended").verdict());
    Finding unmapped = of(found, "audit/records-disconnect");
    assertEquals(Verdict.NOT_APPLICABLE, unmapped.verdict());
    assertTrue(String.valueOf(unmapped.seen()).contains("audit_mapping"), unmapped::seen);
    assertEquals(Verdict.NOT_APPLICABLE, of(found, "audit/entry-fields").verdict());
  }

  private static Finding of(Map<String, Finding> found, String address) {
    return Objects.requireNonNull(found.get(address), address);
  }

  /** The reference's log, or another folder that is declared in its place. */
  private Map<String, Finding> played(AuditMapping words, @Nullable Path declared)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    try (ReferenceTarget reference = ReferenceTarget.start(ServerOptions::builder, log)) {
      var target = reference.target().keeping(declared == null ? log : declared, words);
      Map<String, Finding> found = new TreeMap<>();
      new ServerCheck(target, Progress.SILENT, "rerun", 1, PACE)
          .play(AuditCases.ALL, f -> {})
          .forEach(f -> found.put(f.address(), f));
      return found;
    }
  }
}
