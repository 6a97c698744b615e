package dev.holdfast.cli;

import dev.holdfast.cli.run.Shell;

/** The entry: passes arguments and streams on, and the exit code back. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args, Shell.ofThisProcess()));
  }

  /** Runs a command within this process; gives the exit code. */
  public static int run(String[] args, Shell shell) {
    return Commands.line(shell).execute(args);
  }
}
