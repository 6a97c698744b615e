package dev.holdfast.cli.run;

import dev.holdfast.report.progress.JsonProgress;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.progress.TerminalProgress;
import java.util.ArrayList;
import java.util.List;

/** Who is told what goes on: a person on stderr, a program on stdout. */
final class Listeners {
  private Listeners() {}

  static List<Progress> of(Shell shell, TableOptions options) {
    List<Progress> listeners = new ArrayList<>();
    if (!options.quiet) {
      Terminal terminal = shell.terminal();
      boolean inPlace = terminal.err() && !"dumb".equals(shell.env().get("TERM"));
      listeners.add(
          new TerminalProgress(
              shell.err(), inPlace, shell.ansiErr(), terminal.columns(), options.verbose));
    }
    if (options.json) {
      listeners.add(new JsonProgress(shell.out()));
    }
    return listeners;
  }
}
