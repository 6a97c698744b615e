package dev.holdfast.cli;

import dev.holdfast.cli.audit.AuditProve;
import dev.holdfast.cli.audit.AuditQuery;
import dev.holdfast.cli.audit.AuditVerify;
import dev.holdfast.cli.run.Shell;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The name before what can be asked of an audit log. */
@Command(
    name = "audit",
    description = "Verifies and reads the audit log of a reference server.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast audit verify audit/                        is every line where it was written?",
      "  ./holdfast audit prove audit/ --history holdfast-report   is it what clients saw?",
      "  ./holdfast audit query audit/ --event run_ended       what became of the runs"
    })
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  static CommandLine line(Shell shell) {
    return new CommandLine(new AuditCommand())
        .addSubcommand(new AuditVerify(shell))
        .addSubcommand(new AuditProve(shell))
        .addSubcommand(new AuditQuery(shell));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do: verify, prove or query");
  }
}
