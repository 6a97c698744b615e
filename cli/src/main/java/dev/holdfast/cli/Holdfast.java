package dev.holdfast.cli;

import dev.holdfast.cli.run.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The name before every command; alone it is a mistake. */
@Command(
    name = "holdfast",
    versionProvider = Version.class,
    description =
        "Does the conversation hold fast when the network does not? Holdfast judges chat"
            + " servers that stream an agent's work over a WebSocket.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast gate                              everything, against the reference server",
      "  ./holdfast gate ws://127.0.0.1:8001/ws/chat  everything, against your own",
      "  ./holdfast check server --list               what is asked of a server",
      "",
      "Exit codes: 0 pass, 1 nonconformance, 2 inconclusive, 3 stale known failure, 4 over budget,",
      "64 usage or configuration, 70 Holdfast's own fault, 130 SIGINT, 143 SIGTERM."
    })
final class Holdfast implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say what there is, with examples.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Say which Holdfast this is.")
  boolean version;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
