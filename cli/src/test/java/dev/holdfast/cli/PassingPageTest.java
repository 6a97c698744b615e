package dev.holdfast.cli;

import dev.holdfast.cli.gate.SmallBundle;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The page of a run in which nothing is wrong. */
@Tag("ci")
class PassingPageTest extends ReportPage {

  @Override
  Path page() {
    String shown = System.getProperty("screenshots");
    boolean other = shown != null && !shown.equals("write");
    return (other ? Path.of(shown) : SmallBundle.made()).resolve("index.html");
  }

  @Override
  String pictures() {
    return "report";
  }
}
