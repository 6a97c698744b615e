package dev.holdfast.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Leaves samples in {@code target/sample} to look at. */
class SampleTest {

  @Test
  void aFailingRunFillsEveryFile() throws Exception {
    Path page = ReportDirectory.open(Path.of("target/sample/fail")).write(Sample.failing());

    assertTrue(Files.size(page) < 100_000, "one page of this size is light");
    assertEquals(1, Sample.failing().outcome().exitCode());
  }

  @Test
  void aPassingRunFillsEveryFile() {
    ReportDirectory.open(Path.of("target/sample/pass")).write(Sample.passing());

    assertEquals("", String.join("; ", Sample.passing().outcome().also()));
    assertEquals(0, Sample.passing().outcome().exitCode());
  }
}
