package dev.holdfast.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Isolated;

/** The page of a quick gate. */
@Isolated("its times count")
@Tag("lab")
class GatePageTest extends ReportPage {

  @Override
  Path page() {
    return QuickGate.played().bundle().resolve("index.html");
  }

  @Override
  @Nullable String pictures() {
    return null;
  }
}
