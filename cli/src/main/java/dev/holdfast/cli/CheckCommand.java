package dev.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The name before the halves that can be checked. */
@Command(
    name = "check",
    description = "Checks one half of the conversation against the protocol, clause by clause.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./holdfast check server                              the reference server",
      "  ./holdfast check server ws://127.0.0.1:8001/ws/chat  your own",
      "  ./holdfast check client                              the reference client",
      "  ./holdfast check client -- node adapter.mjs          your own"
    })
final class CheckCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to check: server or client");
  }
}
