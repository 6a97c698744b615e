package dev.holdfast.cli.load;

import dev.holdfast.cli.gate.LoadCrew;
import dev.holdfast.cli.run.UsageError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many processes carry a load, and which of them runs here. */
public final class CrewOptions {
  /** What Kubernetes tells each pod of an Indexed Job. */
  static final String INDEX = "JOB_COMPLETION_INDEX";

  @Option(
      names = "--injectors",
      paramLabel = "N",
      description =
          "How many processes share the people. All run here and are merged, unless this machine"
              + " is one of them: see --share. Default: ${DEFAULT-VALUE}")
  int injectors = 1;

  @Option(
      names = "--share",
      paramLabel = "I",
      description =
          "Run only the Ith of the N injectors, from 0; merge the reports later. Default:"
              + " $JOB_COMPLETION_INDEX where it is set")
  @Nullable Integer share;

  @Option(
      names = "--start-at",
      paramLabel = "TIME",
      converter = StartTime.class,
      description =
          "When the clock of all injectors starts: 2026-01-01T12:00:00Z, or +30s. Default: as soon"
              + " as those of this machine are ready")
  long startAtMs;

  @Option(
      names = "--via",
      paramLabel = "HOST,…",
      split = ",",
      description =
          "Addresses of the target that the injectors dial in turn, for more connections than one"
              + " pair of addresses has ports")
  List<String> via = List.of();

  /** What was said, on the command line before the environment. */
  public LoadCrew crew(Map<String, String> environment) {
    Integer index = share;
    String told = environment.get(INDEX);
    if (index == null && told != null && injectors > 1) {
      index = number(told);
    }
    if (injectors < 1 || (index != null && (index < 0 || index >= injectors))) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "--share counts from 0 to --injectors less one, not %s of %d",
              index,
              injectors));
    }
    if (index != null && injectors > 1 && startAtMs == 0) {
      throw new UsageError(
          "injectors on several machines need a moment to start at: --start-at"
              + " 2026-01-01T12:00:00Z");
    }
    return new LoadCrew(injectors, index, startAtMs, via);
  }

  private static int number(String told) {
    if (!told.matches("[0-9]{1,6}")) {
      throw new UsageError("$" + INDEX + " is no number: " + told);
    }
    return Integer.parseInt(told);
  }
}
