package dev.holdfast.cli.run;

import dev.holdfast.report.format.Launcher;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A command as it was typed, fit to be typed again. */
public final class Typed {
  private Typed() {}

  static String of(CommandSpec command) {
    return command.root().commandLine().getParseResult().originalArgs().stream()
        .map(Typed::quoted)
        .collect(Collectors.joining(" ", Launcher.with(""), ""));
  }

  /** One word, in quotes where a shell would take it apart. */
  public static String quoted(String arg) {
    return arg.matches("[A-Za-z0-9_./:=,@%+-]+") ? arg : "'" + arg.replace("'", "'\\''") + "'";
  }
}
