package dev.holdfast.report.budget;

import static dev.holdfast.report.result.Percentiles.ANSWER;
import static dev.holdfast.report.result.Percentiles.BACK;
import static dev.holdfast.report.result.Percentiles.CONNECT;
import static dev.holdfast.report.result.Percentiles.FIRST_FRAME;
import static dev.holdfast.report.result.Percentiles.FIRST_STATUS;
import static dev.holdfast.report.result.Percentiles.FIRST_TOKEN;
import static dev.holdfast.report.result.Percentiles.PING;

import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The limits that a load is held to, by name. */
public final class Budgets {

  /** Every budget there is, one line each. */
  private static final List<Budget> ALL =
      List.of(
          Budget.percentile("round_trip_p50_ms", FIRST_FRAME, 50, Percentiles::p50Us),
          Budget.percentile("round_trip_p95_ms", FIRST_FRAME, 95, Percentiles::p95Us),
          Budget.percentile("round_trip_p99_ms", FIRST_FRAME, 99, Percentiles::p99Us),
          Budget.percentile("first_status_p95_ms", FIRST_STATUS, 95, Percentiles::p95Us),
          Budget.percentile("first_status_p99_ms", FIRST_STATUS, 99, Percentiles::p99Us),
          Budget.percentile("first_token_p50_ms", FIRST_TOKEN, 50, Percentiles::p50Us),
          Budget.percentile("first_token_p95_ms", FIRST_TOKEN, 95, Percentiles::p95Us),
          Budget.percentile("first_token_p99_ms", FIRST_TOKEN, 99, Percentiles::p99Us),
          Budget.percentile("answer_p50_ms", ANSWER, 50, Percentiles::p50Us),
          Budget.percentile("answer_p95_ms", ANSWER, 95, Percentiles::p95Us),
          Budget.percentile("answer_p99_ms", ANSWER, 99, Percentiles::p99Us),
          Budget.percentile("connect_p95_ms", CONNECT, 95, Percentiles::p95Us),
          Budget.percentile("connect_p99_ms", CONNECT, 99, Percentiles::p99Us),
          Budget.percentile("ping_p95_ms", PING, 95, Percentiles::p95Us),
          Budget.percentile("ping_p99_ms", PING, 99, Percentiles::p99Us),
          Budget.slowest("back_max_ms", BACK),
          Budget.seldom95("recovery_p95_ms", BACK),
          Budget.connectionSuccess("connection_success_percent"),
          Budget.brokenConversations("broken_conversations"),
          Budget.brokenBy("loss_conversations", "no_loss"),
          Budget.brokenBy("duplicate_conversations", "no_duplicate"),
          Budget.connectionMemory("memory_per_connection_kb"));

  private final Map<Budget, Double> limits;

  private Budgets(Map<Budget, Double> limits) {
    this.limits = limits;
  }

  /** Nothing is limited. */
  public static Budgets none() {
    return new Budgets(Map.of());
  }

  /**
   * Limits by name, for example {@code round_trip_p99_ms} to 100.
   *
   * @throws BudgetException for a name that is not known or a limit that is no number from 0 up
   */
  public static Budgets of(Map<String, ? extends Number> limits) {
    Map<Budget, Double> known = new LinkedHashMap<>();
    limits.forEach((name, limit) -> known.put(named(name), checked(name, limit.doubleValue())));
    return new Budgets(Collections.unmodifiableMap(known));
  }

  /** The limits by name, in the order in which they were given. */
  public Map<String, Double> limits() {
    Map<String, Double> byName = new LinkedHashMap<>();
    limits.forEach((budget, limit) -> byName.put(budget.name(), limit));
    return byName;
  }

  /** The names that {@link #of} knows. */
  public static List<String> names() {
    return ALL.stream().map(Budget::name).toList();
  }

  /** Holds a load to every limit. */
  public List<BudgetResult> judge(LoadResult load) {
    return limits.entrySet().stream()
        .map(e -> judge(e.getKey(), e.getValue(), e.getKey().measure().apply(load)))
        .toList();
  }

  /**
   * How many times as many samples a load should have had for every limit to be judged; 1 when it
   * had enough. What it did not measure at all would not come by more of the same.
   */
  public double samplesShort(LoadResult load) {
    return limits.keySet().stream()
        .mapToDouble(budget ->
            budget
                .measure()
                .apply(load)
                .filter(m -> m.samples() > 0)
                .map(m -> (double) budget.samplesNeeded() / m.samples())
                .orElse(1.0))
        .reduce(1, Math::max);
  }

  /** What to say when no load ran. */
  public List<BudgetResult> unmeasured(String why) {
    return limits.entrySet().stream().map(e -> unmeasured(e.getKey(), e.getValue(), why)).toList();
  }

  private static Budget named(String name) {
    return ALL.stream()
        .filter(b -> b.name().equals(name))
        .findFirst()
        .orElseThrow(() -> BudgetException.unknown(name, names()));
  }

  private static double checked(String name, double limit) {
    if (!Double.isFinite(limit) || limit < 0) {
      throw new BudgetException(
          "budgets." + name + ": a limit is a number from 0 up, not " + limit);
    }
    return limit;
  }

  private static BudgetResult judge(
      Budget budget, double limit, Optional<Budget.Measured> measured) {
    if (measured.isEmpty()) {
      return unmeasured(budget, limit, "the load did not measure it");
    }
    double value = measured.get().value();
    long samples = measured.get().samples();
    double margin =
        switch (budget.bound()) {
          case AT_MOST -> limit - value;
          case AT_LEAST -> value - limit;
        };
    boolean enough = samples >= budget.samplesNeeded();
    String note =
        enough
            ? ""
            : String.format(
                Locale.ROOT, "%,d samples, %,d are needed", samples, budget.samplesNeeded());
    Verdict verdict = !enough ? Verdict.INCONCLUSIVE : margin < 0 ? Verdict.FAIL : Verdict.PASS;
    return new BudgetResult(
        budget.name(), value, limit, margin, budget.unit(), samples, verdict, note);
  }

  private static BudgetResult unmeasured(Budget budget, double limit, String why) {
    return new BudgetResult(
        budget.name(), null, limit, null, budget.unit(), 0, Verdict.INCONCLUSIVE, why);
  }
}
