package dev.holdfast.report.result;

import java.util.List;
import java.util.Objects;

/**
 * What a report shows beside its findings; each list is empty where nothing was looked at.
 *
 * @param rollout the shares of a rollout, step by step
 * @param cohort how the cohort on WebSockets fared beside the control on HTTP
 * @param timelines what each scenario looked like over time
 * @param audit what an audit log was held against
 * @param baseline this run beside an earlier one
 */
public record Exhibits(
    List<RolloutShare> rollout,
    List<RateDifference> cohort,
    List<Timeline> timelines,
    List<AuditSummary> audit,
    List<BaselineRatio> baseline) {
  public static final Exhibits NONE =
      new Exhibits(List.of(), List.of(), List.of(), List.of(), List.of());

  public Exhibits {
    rollout = list(rollout);
    cohort = list(cohort);
    timelines = list(timelines);
    audit = list(audit);
    baseline = list(baseline);
  }

  private static <T> List<T> list(List<T> given) {
    return List.copyOf(Objects.requireNonNullElse(given, List.of()));
  }
}
