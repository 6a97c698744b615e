package dev.holdfast.cli.checkclient;

import dev.holdfast.cli.run.Run;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Problem;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.ProcessAdapter;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.util.List;

/** Plays conformance cases against a client that is a program. */
public final class ClientStage {
  private static final String AGAIN = "check client";

  private final ClientWords client;
  private final ClientCaseOptions options;

  public ClientStage(ClientWords client, ClientCaseOptions options) {
    this.client = client;
    this.options = options;
  }

  /** Plays them all, as often as was asked for. */
  public void run(Run run) throws InterruptedException {
    List<String> words = client.words(options.profile(), run.progress()::note);
    for (int i = 0; i < options.repeat(); i++) {
      try {
        ClientCheck check = check(run, words, run.seed() + i);
        Ready ready = check.introduce();
        List<ClientCase> cases = options.chosen(ready.profile());
        if (cases.isEmpty()) {
          run.problem(new Problem(ExitCode.USAGE, none(ready.profile())));
          return;
        }
        Finding absent = check.neverConnects(ready);
        if (absent != null) {
          run.add(absent);
          run.progress().note("nothing else is played: the client never connects");
          return;
        }
        check.play(cases, ready, run::add);
      } catch (ClientCheck.NotReady e) {
        String why = "the client did not get ready: " + e.getMessage();
        run.problem(new Problem(ExitCode.INCONCLUSIVE, why));
        return;
      }
    }
  }

  private String none(Profile spoken) {
    String hint = client.isReference() ? ": add --profile resume" : "";
    return "none of these cases binds a client of profile " + spoken.word() + hint;
  }

  /** As this run was started, up to the address of a case. */
  private String again(long seed) {
    String profile = client.isReference() ? " --profile " + options.profile().word() : "";
    return Launcher.with(AGAIN) + profile + (options.slow() ? " --slow" : "") + " --seed " + seed;
  }

  private ClientCheck check(Run run, List<String> words, long seed) {
    var how =
        new ClientCheck.Options(
            options.sideBySide(),
            options.slow(),
            ClientCheck.PATIENCE_MS,
            again(seed),
            client.typed(),
            seed);
    return new ClientCheck(new ProcessAdapter(words), how, run.progress());
  }
}
