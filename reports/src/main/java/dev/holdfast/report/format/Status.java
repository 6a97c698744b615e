package dev.holdfast.report.format;

import dev.holdfast.report.result.Consequence;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.Verdict;
import java.util.Comparator;
import java.util.List;

/** What a finding is shown as, in the order in which it wants attention. */
public enum Status {
  FAIL("fail", "failed", "✕"),
  HARNESS_ERROR("harness error", "broken by Holdfast", "‼"),
  INCONCLUSIVE("inconclusive", "inconclusive", "?"),
  WARN("warn", "with a warning", "!"),
  KNOWN("known failure", "known to fail", "~"),
  PASS("pass", "passed", "✓"),
  NOT_APPLICABLE("n/a", "not applicable", "–");

  private final String label;
  private final String counted;
  private final String glyph;

  Status(String label, String counted, String glyph) {
    this.label = label;
    this.counted = counted;
    this.glyph = glyph;
  }

  /** How a finding is shown: its verdict, but for failures that are expected. */
  public static Status of(Finding finding) {
    Status status = of(finding.verdict());
    boolean known = finding.isKnown() && (status == FAIL || status == WARN);
    return known ? KNOWN : status;
  }

  /** How a bare verdict is shown. */
  public static Status of(Verdict verdict) {
    return switch (verdict) {
      case PASS -> PASS;
      case FAIL -> FAIL;
      case WARN -> WARN;
      case INCONCLUSIVE -> INCONCLUSIVE;
      case NOT_APPLICABLE -> NOT_APPLICABLE;
      case HARNESS_ERROR -> HARNESS_ERROR;
    };
  }

  /** The word on its badge. */
  public String label() {
    return label;
  }

  /** The word after a count: {@code 3 failed}. */
  public String counted() {
    return counted;
  }

  /** One character, for where a word is too long. */
  public String glyph() {
    return glyph;
  }

  /** True for what a reader has to see before all else. */
  public boolean wantsAttention() {
    return compareTo(KNOWN) < 0;
  }

  /** How many of the findings are shown as this. */
  public long countIn(List<Finding> findings) {
    return findings.stream().filter(f -> of(f) == this).count();
  }

  /** {@code 12 passed · 1 failed}, without what is not there. */
  public static String summary(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Status status : values()) {
      long n = status.countIn(findings);
      if (n > 0) {
        text.append(text.isEmpty() ? "" : " · ").append(n).append(' ').append(status.counted);
      }
    }
    return text.toString();
  }

  /** The findings that are shown as one of these, worst first. */
  public static List<Finding> wantingAttention(RunReport report) {
    return byAttention(report.findings()).stream().filter(f -> of(f).wantsAttention()).toList();
  }

  /**
   * The findings, worst first: broken clauses by what users suffer and then by level, then what was
   * not judged, then the rest. Equals keep their order.
   */
  public static List<Finding> byAttention(List<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing((Finding f) -> !of(f).isBroken())
                .thenComparing(f -> of(f).isBroken() ? f.consequence() : Consequence.WORDS)
                .thenComparing(Status::of))
        .toList();
  }

  private boolean isBroken() {
    return this == FAIL || this == WARN;
  }
}
