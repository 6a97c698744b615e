package dev.holdfast.cli.checkclient;

import dev.holdfast.cli.run.Run;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Problem;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.ProcessAdapter;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.util.ArrayList;
import java.util.List;

/** Plays conformance cases against a client that is a program. */
public final class ClientStage {
  private static final String AGAIN = "./holdfast check client";

  private final List<String> command;
  private final String typed;
  private final ClientCaseOptions options;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A stage for one client.
   *
   * @param typed the command as it would be typed behind the options, or empty
   */
  public ClientStage(List<String> command, String typed, ClientCaseOptions options) {
    this.command = List.copyOf(command);
    this.typed = typed;
    this.options = options;
  }

  /** Plays them all, as often as was asked for. */
  public void run(Run run) throws InterruptedException {
    run.progress().note("seed " + run.seed());
    for (int i = 0; i < options.repeat(); i++) {
      try {
        ClientCheck check = check(run, run.seed() + i);
        Ready ready = check.introduce();
        List<ClientCase> cases = options.chosen(ready.profile());
        findings.addAll(check.play(cases, ready, run::add));
      } catch (ClientCheck.NotReady e) {
        String why = "the client did not get ready: " + e.getMessage();
        run.problem(new Problem(ExitCode.INCONCLUSIVE, why));
        return;
      }
    }
  }

  private ClientCheck check(Run run, long seed) {
    var how =
        new ClientCheck.Options(
            options.sideBySide(), options.slow(), ClientCheck.PATIENCE_MS, AGAIN, typed, seed);
    return new ClientCheck(new ProcessAdapter(command), how, run.progress());
  }

  /** What was found when all have been played. */
  public List<Finding> findings() {
    return List.copyOf(findings);
  }
}
