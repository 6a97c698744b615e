package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.cli.gate.SmallBundle;
import dev.holdfast.report.format.HtmlFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.RunReportBuilder;
import dev.holdfast.report.result.Stage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run that fails, with what shows why. */
@Tag("ci")
class FailingPageTest extends ReportPage {

  @Override
  Path page() {
    return SmallBundle.failing().resolve("index.html");
  }

  @Override
  String pictures() {
    return "report-failing";
  }

  @Test
  void sixtyFindingsMakeNoLongPage(@TempDir Path folder) throws IOException {
    RunReportBuilder report = RunReport.begin("./holdfast gate", "ws://x/ws/chat", Instant.EPOCH);
    for (int i = 0; i < 60; i++) {
      report.add(
          Finding.about(Stage.CONFORMANCE, "section" + i % 9 + "/case-" + i, "A case holds.")
              .expected("an answer within 5,000 ms")
              .likelyCause("The loop that reads the socket ended.")
              .rerun("./holdfast check server ws://x/ws/chat --case section/case-" + i)
              .violated("nothing came"));
    }
    Path page = folder.resolve("index.html");
    try (Writer out = Files.newBufferedWriter(page)) {
      new HtmlFormat().write(report.build(Instant.EPOCH), out);
    }
    try (BrowserContext context = context(1200, ColorScheme.LIGHT, false)) {
      Page tab = context.newPage();
      tab.navigate(page.toUri().toString());
      int height = (Integer) tab.evaluate("document.documentElement.scrollHeight");
      assertTrue(height < 6_000, () -> height + " px");
    }
  }
}
