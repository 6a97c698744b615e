package dev.holdfast.cli.run;

import picocli.CommandLine.Option;

/** How a command talks that shows findings. */
public final class TableOptions extends OutputOptions {
  @Option(
      names = "--verbose",
      description =
          "Print each finding, as it comes and in the table. Default: the probable causes, worst"
              + " first.")
  boolean verbose;

  public boolean verbose() {
    return verbose;
  }
}
