package dev.holdfast.cli;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.serve.ServeFlags;
import dev.holdfast.report.format.Ansi;
import dev.holdfast.report.format.Launcher;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands. */
final class Commands {
  private static final int WIDTH = 100;

  private Commands() {}

  static CommandLine line(Shell shell) {
    CommandLine line =
        new CommandLine(new Holdfast())
            .addSubcommand(new GateCommand(shell))
            .addSubcommand(
                new CommandLine(new CheckCommand())
                    .addSubcommand(new CheckServerCommand(shell))
                    .addSubcommand(new CheckClientCommand(shell)))
            .addSubcommand(new ChaosCommand(shell))
            .addSubcommand(new SimulateCommand(shell))
            .addSubcommand(new ReplayCommand(shell))
            .addSubcommand(new LoadCommand(shell))
            .addSubcommand(new MergeCommand(shell))
            .addSubcommand(serve(shell))
            .addSubcommand(AuditCommand.line(shell))
            .addSubcommand(new VerifyCommand(shell))
            .addSubcommand(new ReportCommand(shell))
            .addSubcommand(new DiffCommand(shell))
            .addSubcommand(new InitCommand(shell))
            .addSubcommand(new ProxyCommand(shell));
    calledAsItWas(line);
    Complaints complaints = new Complaints(shell);
    return line.setOut(writer(shell.out()))
        .setErr(writer(shell.err()))
        .setColorScheme(
            Help.defaultColorScheme(shell.ansiOut() == Ansi.NONE ? Help.Ansi.OFF : Help.Ansi.ON))
        .setUsageHelpWidth(WIDTH)
        .setAbbreviatedOptionsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(complaints::aboutParameters)
        .setExecutionExceptionHandler(complaints::aboutExecution);
  }

  /** The examples of each command begin with the path by which Holdfast was called. */
  private static void calledAsItWas(CommandLine line) {
    UsageMessageSpec usage = line.getCommandSpec().usageMessage();
    usage.footer(Arrays.stream(usage.footer()).map(Launcher::in).toArray(String[]::new));
    line.getSubcommands().values().forEach(Commands::calledAsItWas);
  }

  private static CommandLine serve(Shell shell) {
    CommandLine serve = new CommandLine(new ServeCommand(shell));
    ServeFlags.addTo(serve.getCommandSpec());
    return serve;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }
}
