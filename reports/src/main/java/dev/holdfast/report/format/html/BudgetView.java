package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Status;
import dev.holdfast.report.result.BudgetResult;
import dev.holdfast.report.result.Tally;
import java.util.Locale;

/**
 * One budget as the page shows it.
 *
 * @param filled how much of its bar is filled, in percent
 * @param limitAt where on the bar the limit stands, in percent
 */
public record BudgetView(BudgetResult budget, Status status, double filled, double limitAt) {
  private static final double LIMIT_AT = 80;

  static BudgetView of(BudgetResult b) {
    Double measured = b.measured();
    double value = measured == null ? 0 : measured;
    boolean share = b.unit().equals("percent");
    double limitAt = share ? b.limit() : LIMIT_AT;
    double filled =
        share ? value : b.limit() > 0 ? value / b.limit() * LIMIT_AT : value > 0 ? 100 : 0;
    return new BudgetView(
        b, Status.of(b.verdict()), Math.clamp(filled, 0, 100), Math.clamp(limitAt, 0, 100));
  }

  public String tone() {
    return FindingView.tone(status);
  }

  public String measured() {
    Double measured = budget.measured();
    return measured == null ? "–" : Tally.number(measured);
  }

  public String limit() {
    return Tally.number(budget.limit());
  }

  /** {@code 69 to spare}, or what a reader should know instead. */
  public String margin() {
    Double margin = budget.margin();
    if (!budget.note().isEmpty() || margin == null) {
      return budget.note();
    }
    return Tally.number(Math.abs(margin)) + (margin < 0 ? " over" : " to spare");
  }

  /** A limit of 0 leaves nothing to draw a share of. */
  public boolean hasGauge() {
    return budget.limit() > 0 && budget.measured() != null;
  }

  /** A width for the style sheet. */
  public String percent(double value) {
    return String.format(Locale.ROOT, "%.1f%%", value);
  }
}
