package dev.holdfast.cli.run;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command takes that judges something. */
public final class ReportOptions {
  @Mixin TableOptions output = new TableOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the report goes: index.html, junit.xml, report.json, summary.md and the"
              + " evidence. Default: ${DEFAULT-VALUE}/")
  Path out = Path.of("holdfast-report");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Draw all chance from this number. Default: another one each time, which the"
              + " report names.")
  @Nullable Long seed;

  /** Where the report goes. */
  public Path out() {
    return out;
  }

  public TableOptions output() {
    return output;
  }

  long seedOrChance() {
    return seed == null ? ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : seed;
  }
}
