package dev.holdfast.cli.evidence;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.load.LoadSeconds;
import dev.holdfast.load.MergeException;
import dev.holdfast.report.budget.QuantileRatio;
import dev.holdfast.report.bundle.Manifest;
import dev.holdfast.report.bundle.Seal;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.ReportReadException;
import dev.holdfast.report.result.BaselineRatio;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An earlier bundle that this run is held against. */
public final class Baseline {
  private static final List<String> NEEDED =
      List.of("plan.json", "measured.json", "intervals.hlog");
  private static final String FOLDER = "baseline/load";

  /** What is compared: name, kind and percentile. */
  private record Figure(String name, String kind, double percent) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("round_trip_p50_ms", Percentiles.FIRST_FRAME, 50),
          new Figure("round_trip_p95_ms", Percentiles.FIRST_FRAME, 95),
          new Figure("round_trip_p99_ms", Percentiles.FIRST_FRAME, 99),
          new Figure("first_token_p50_ms", Percentiles.FIRST_TOKEN, 50),
          new Figure("answer_p50_ms", Percentiles.ANSWER, 50),
          new Figure("answer_p95_ms", Percentiles.ANSWER, 95));

  private final Path bundle;
  private final RunReport report;

  private Baseline(Path bundle, RunReport report) {
    this.bundle = bundle;
    this.report = report;
  }

  /**
   * Opens an earlier bundle.
   *
   * @throws UsageError if it is none, holds no load or is no longer as it was sealed
   */
  public static Baseline open(Path bundle) {
    try {
      Manifest manifest = Manifest.read(bundle);
      List<String> broken = Seal.broken(bundle, manifest);
      if (!broken.isEmpty()) {
        throw new UsageError("--baseline " + bundle + " does not verify: " + broken.getFirst());
      }
      RunReport report = JsonFormat.read(bundle.resolve("report.json"));
      if (report.loads().size() != 1) {
        throw new UsageError("--baseline " + bundle + " holds no load; give one of a whole gate");
      }
      return new Baseline(bundle, report);
    } catch (ReportReadException | IOException e) {
      throw new UsageError("--baseline " + bundle + ": " + e.getMessage());
    }
  }

  /** Holds this run's load against it; what that needs of it becomes evidence of this run. */
  public List<BaselineRatio> against(LoadResult now, Path evidence, long seed) throws IOException {
    LoadResult before = report.loads().getFirst();
    if (!shape(before).equals(shape(now))) {
      String why = "the baseline is another load: " + shape(before) + ", and this " + shape(now);
      return List.of(unclear(why));
    }
    Path from = bundle.resolve("evidence/load");
    Path to = Files.createDirectories(evidence.resolve(FOLDER));
    for (String file : NEEDED) {
      Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return ratios(evidence, seed);
  }

  private static String shape(LoadResult load) {
    return String.format(
        Locale.ROOT, "%s, %d people, %s model", load.profile(), load.people(), load.model());
  }

  /** The comparison, from the evidence alone. */
  static List<BaselineRatio> ratios(Path evidence, long seed) throws IOException {
    List<BaselineRatio> ratios = new ArrayList<>();
    for (Figure f : FIGURES) {
      try {
        List<double[]> before = LoadSeconds.of(evidence.resolve(FOLDER), f.kind());
        List<double[]> now = LoadSeconds.of(evidence.resolve("load"), f.kind());
        if (enough(before, f) && enough(now, f)) {
          ratios.add(QuantileRatio.of(f.name(), before, now, f.percent(), seed));
        }
      } catch (MergeException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    return ratios.isEmpty() ? List.of(unclear("too few answers for any percentile")) : ratios;
  }

  private static BaselineRatio unclear(String why) {
    return new BaselineRatio("baseline", 0, 0, 0, 0, 0, 1, Verdict.INCONCLUSIVE, why);
  }

  private static boolean enough(List<double[]> seconds, Figure figure) {
    long samples = seconds.stream().mapToLong(s -> s.length).sum();
    return samples >= Percentiles.samplesFor(figure.percent());
  }
}
