package dev.holdfast.scenarios.blame;

import dev.holdfast.report.result.Account;
import dev.holdfast.report.result.Finding;
import dev.holdfast.scenarios.check.History;

/** What there is to tell of a story that was played, beyond its verdict. */
public final class Accounts {
  private Accounts() {}

  /** The finding with its blame, figures and pictures. */
  public static Finding with(Finding finding, History history) {
    Testimony testimony = new Testimony(history.records());
    return finding.with(
        new Account(
            Blames.of(finding, testimony, history.profile()),
            Recoveries.of(testimony),
            Pictures.of(finding, testimony)));
  }
}
