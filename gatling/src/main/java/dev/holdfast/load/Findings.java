package dev.holdfast.load;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.FindingBuilder;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Percentiles;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.TraceLine;
import dev.holdfast.report.result.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a load shows beyond its figures. */
final class Findings {
  private final Merge load;

  Findings(Merge load) {
    this.load = load;
  }

  List<Finding> all() throws IOException {
    List<Finding> all = new ArrayList<>();
    if (load.measured().conversationsChecked() > 0) {
      all.add(everyConversationHolds());
    }
    if (load.measured().counts().dropped().ended() > 0) {
      all.add(answersSurviveALostConnection());
    }
    if (load.measured().counts().losses() > 0) {
      all.add(everybodyComesBack());
    }
    return all;
  }

  private FindingBuilder about(String address, String requirement) {
    LoadPlan plan = load.plan();
    return Finding.about(Stage.LOAD, address, requirement)
        .took(load.measured().durationMs())
        .rerun(plan.command());
  }

  private Finding everyConversationHolds() throws IOException {
    FindingBuilder finding =
        about(
                "load/every-conversation-holds",
                "With many people at once every message is answered once, in order.")
            .expected("every conversation to hold");
    Broken broken = load.measured().firstBroken();
    Part part = load.brokenIn();
    if (broken == null || part == null) {
      return finding.pass();
    }
    return finding
        .checks(broken.checks())
        .trace(history(part))
        .violated(
            String.format(
                Locale.ROOT,
                "first at %d connections after %.1f s: %s (%s; %d of %d conversations broke)",
                broken.connections(),
                broken.atMs() / 1_000.0,
                broken.evidence(),
                broken.person(),
                load.measured().conversationsBroken(),
                load.measured().conversationsChecked()));
  }

  /** Where it could not be kept that is said elsewhere; what was found holds all the same. */
  private static List<TraceLine> history(Part part) throws IOException {
    Path kept = part.files().broken();
    return Files.exists(kept) ? Evidence.read(kept) : List.of();
  }

  private Finding everybodyComesBack() {
    Counts counts = load.measured().counts();
    FindingBuilder finding =
        about(
                "load/everybody-comes-back",
                "A client that loses its connection under load gets another before the load ends.")
            .expected("every client to have a connection at the end");
    double lastMs =
        load.result().latency(Percentiles.BACK).map(p -> p.maxUs() / 1_000.0).orElse(0.0);
    return counts.stranded() == 0
        ? finding.verdict(
            Verdict.PASS,
            String.format(
                Locale.ROOT,
                "%d connections were lost and replaced, the last after %.1f s",
                counts.reconnects(),
                lastMs / 1_000))
        : finding.violated(
            String.format(
                    Locale.ROOT,
                    "%d people were still without a connection at the end; %d were back, the last after",
                    counts.stranded(),
                    counts.reconnects())
                + String.format(Locale.ROOT, " %.1f s", lastMs / 1_000));
  }

  /**
   * Profile core only recommends that a server keeps what it could not deliver: there it is a
   * warning that every answer was lost, and profile resume promises them.
   */
  private Finding answersSurviveALostConnection() {
    Arm dropped = load.measured().counts().dropped();
    FindingBuilder finding =
        about(
                "load/answers-survive-a-lost-connection",
                "The answer to a message comes although its connection was lost meanwhile.")
            .clause("queue/retained-while-away")
            .level(load.plan().resume() ? Level.MUST : Level.SHOULD)
            .profile((load.plan().resume() ? Profile.RESUME : Profile.CORE).word())
            .expected("an answer on the next connection");
    String seen =
        String.format(
            Locale.ROOT,
            "%d of %d answers came across a lost connection",
            dropped.answered(),
            dropped.ended());
    if (dropped.answersNothing() && !load.plan().resume() && answeredBeforeTheLoss()) {
      return finding.notApplicable(
          seen
              + ": the server answers so soon that the answers were written to the connections"
              + " that were lost, and profile core lets those be lost");
    }
    return dropped.answersNothing()
        ? finding.violated(seen + "; the last did not because: " + dropped.lastFailure())
        : finding.verdict(Verdict.PASS, seen);
  }

  /** Whether a message is on its way, or its answer made, while its connection is not yet lost. */
  private boolean answeredBeforeTheLoss() {
    long answerUs = load.result().latency(Percentiles.ANSWER).map(Percentiles::p50Us).orElse(0L);
    long linkUs = load.result().latency(Percentiles.PING).map(Percentiles::p50Us).orElse(0L);
    long lossUs = VirtualUser.DROP_AFTER_MS * 1_000L;
    return answerUs > 0 && (answerUs - linkUs < lossUs || linkUs > lossUs);
  }
}
