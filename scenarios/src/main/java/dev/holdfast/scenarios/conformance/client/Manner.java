package dev.holdfast.scenarios.conformance.client;

import dev.holdfast.scenarios.conformance.Finds;
import java.io.IOException;

/** How a close code comes: what it means does not depend on it. */
enum Manner {
  CLEAN,
  WITH_REASON,
  CUT_SHORT;

  /** Ends a connection with a code. */
  void close(Visit visit, int code) throws Finds {
    // Without a code there is no room for a reason.
    visit.close(code, this == WITH_REASON && code != 0 ? "a reason, which is for people" : "");
    if (this == CUT_SHORT) {
      cut(visit);
    }
  }

  private static void cut(Visit visit) {
    try {
      visit.visitor().fin();
    } catch (IOException e) {
      // The client was quicker: it has answered and is gone.
    }
  }

  /** What its cases are called behind another word. */
  String suffix() {
    return switch (this) {
      case CLEAN -> "";
      case WITH_REASON -> "-with-reason";
      case CUT_SHORT -> "-cut-short";
    };
  }
}
