package dev.holdfast.cli;

import dev.holdfast.cli.gate.SmallBundle;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

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
}
