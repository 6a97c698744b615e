package dev.holdfast.cli;

import dev.holdfast.cli.check.KnownOptions;
import dev.holdfast.cli.checkclient.ClientCaseOptions;
import dev.holdfast.cli.checkclient.ClientCaseTable;
import dev.holdfast.cli.checkclient.ClientStage;
import dev.holdfast.cli.checkclient.ClientWords;
import dev.holdfast.cli.run.ReportOptions;
import dev.holdfast.cli.run.Run;
import dev.holdfast.cli.run.Shell;
import dev.holdfast.report.result.KnownFailures;
import dev.holdfast.report.result.Stage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Plays the server to somebody's client, and breaks the network under it. */
@Command(
    name = "client",
    description =
        "Plays the server to a client, breaks the network under it and says which clauses it"
            + " keeps.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast check client --list",
      "  ./holdfast check client                              the reference client",
      "  ./holdfast check client -- node examples/clients/node/adapter.mjs",
      "  ./holdfast check client --case 'reconnect/*' --slow -- python adapter.py",
      "",
      "The command is started once a case and talks in JSON lines: docs/client-adapter.md."
    })
final class CheckClientCommand implements Callable<Integer> {
  private final Shell shell;

  @Spec CommandSpec spec = CommandSpec.create();
  @Mixin ClientWords client = new ClientWords();
  @Mixin ClientCaseOptions cases = new ClientCaseOptions();
  @Mixin KnownOptions known = new KnownOptions();
  @Mixin ReportOptions report = new ReportOptions();

  @Option(names = "--list", description = "Say which cases there are, and play none.")
  boolean list;

  CheckClientCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var chosen = cases.chosen(cases.profile());
    if (list) {
      cases.refuseNone(chosen);
      ClientCaseTable.print(chosen, cases.profile(), report.output(), shell);
      return 0;
    }
    ClientStage stage = new ClientStage(client, cases);
    KnownFailures expected = known.read();
    return Run.ofProgram(shell, spec, client.name(), report, run -> play(run, stage, expected));
  }

  private void play(Run run, ClientStage stage, KnownFailures expected) throws Exception {
    known.tell(run, expected, ClientCaseOptions.addresses());
    run.during(Stage.CONFORMANCE, stage::run);
    known.write(run, ClientCaseOptions.addresses());
  }
}
