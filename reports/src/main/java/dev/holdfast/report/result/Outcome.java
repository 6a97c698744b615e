package dev.holdfast.report.result;

import java.util.List;

/**
 * The end of the story: one verdict on the whole run.
 *
 * @param verdict {@link Verdict#PASS}, {@link Verdict#FAIL} or {@link Verdict#INCONCLUSIVE}
 * @param exitCode what the process returns
 * @param line the last line on the terminal: {@code holdfast: FAIL …}, the reason first
 * @param reason that line without its first words and without what follows under {@code also}
 * @param also reasons that would have given another exit code, had this one not come first
 */
public record Outcome(
    Verdict verdict, int exitCode, String line, String reason, List<String> also) {

  public Outcome {
    also = List.copyOf(also);
  }
}
