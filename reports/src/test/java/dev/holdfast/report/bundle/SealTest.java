package dev.holdfast.report.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.holdfast.report.ReportDirectory;
import dev.holdfast.report.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
  @TempDir Path bundle;

  @BeforeEach
  void write() {
    ReportDirectory directory = ReportDirectory.open(bundle);
    directory.evidence("chaos/cut/history.jsonl", "{}\n");
    directory.write(Sample.failing(), Map.of("evidence/audit", "3:abc"));
  }

  private List<String> broken() throws Exception {
    return Seal.broken(bundle, Manifest.read(bundle));
  }

  @Test
  void aBundleAsItWasWrittenIsWhole() throws Exception {
    assertEquals(List.of(), broken());
    Manifest manifest = Manifest.read(bundle);
    assertEquals("fail", manifest.verdict());
    assertEquals(Map.of("evidence/audit", "3:abc"), manifest.auditHeads());
    assertEquals(6, manifest.files().size());
  }

  @Test
  void anEditADropAndAnAdditionAreNamed() throws Exception {
    Files.writeString(bundle.resolve("evidence/chaos/cut/history.jsonl"), "{ }\n");
    Files.delete(bundle.resolve("junit.xml"));
    Files.writeString(bundle.resolve("notes.txt"), "mine");

    assertEquals(
        List.of(
            "evidence/chaos/cut/history.jsonl was changed",
            "junit.xml is missing",
            "notes.txt was added"),
        broken());
  }

  @Test
  void theSealIsAnotherForEachManifest() throws Exception {
    String before = Seal.of(bundle);
    ReportDirectory.open(bundle).write(Sample.passing());
    assertNotEquals(before, Seal.of(bundle));
  }
}
