package dev.holdfast.cli.checkclient;

import dev.holdfast.cli.run.Typed;
import dev.holdfast.protocol.Profile;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;

/** Whose client is judged. */
public final class ClientWords {
  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description =
          "Behind --, the command that starts the client's adapter. Without it Holdfast judges its"
              + " reference client.")
  List<String> command = List.of();

  /** What is started, once a case; the reference client is prepared where that was not done. */
  List<String> words(Profile reference, Consumer<String> note) {
    return command.isEmpty() ? ReferenceClient.words(reference, note) : command;
  }

  /** Whether it is our own. */
  boolean isReference() {
    return command.isEmpty();
  }

  /** For people. */
  public String name() {
    return command.isEmpty() ? "the reference client" : quoted();
  }

  /** As it would be typed behind the options; begins with a blank unless empty. */
  public String typed() {
    return command.isEmpty() ? "" : " -- " + quoted();
  }

  private String quoted() {
    return command.stream().map(Typed::quoted).collect(Collectors.joining(" "));
  }
}
