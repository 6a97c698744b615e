package dev.holdfast.report.budget;

import java.util.List;

/** A budget that cannot be used; the message names it and says what can. */
public final class BudgetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BudgetException(String message) {
    super(message);
  }

  static BudgetException unknown(String name, List<String> known) {
    return new BudgetException(
        "budgets."
            + name
            + ": no such budget; did you mean "
            + NearestWord.to(name, known)
            + "? Known: "
            + String.join(", ", known));
  }
}
