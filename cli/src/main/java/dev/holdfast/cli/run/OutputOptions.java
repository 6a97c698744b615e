package dev.holdfast.cli.run;

import picocli.CommandLine.Option;

/** How a command talks: to a person, to a program, or hardly. */
public class OutputOptions {
  @Option(
      names = "--json",
      description = "Print one JSON object a line; text for people goes to stderr.")
  boolean json;

  @Option(names = "--quiet", description = "Say nothing but the last line.")
  boolean quiet;

  public boolean json() {
    return json;
  }

  public boolean quiet() {
    return quiet;
  }
}
