package dev.holdfast.cli;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.UsageError;
import dev.holdfast.report.NotAReportException;
import dev.holdfast.report.ReportWriteException;
import dev.holdfast.report.budget.BudgetException;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.format.Launcher;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.KnownFailuresException;
import dev.holdfast.report.result.OneLine;
import dev.holdfast.scenarios.load.Nearest;
import dev.holdfast.scenarios.load.ScenarioError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said when nothing was run: one sentence on stderr, and the exit code for its kind. */
final class Complaints {
  private static final int LONGEST = 500;

  private final Shell shell;

  Complaints(Shell shell) {
    this.shell = shell;
  }

  /** The arguments cannot be meant. */
  int aboutParameters(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String what = e instanceof UnmatchedArgumentException x ? unmatched(x) : reason(e);
    String unknown = unknownOption(command.getCommandSpec(), List.of(args));
    if (unknown != null) {
      // Its value was taken for something else, and that is what the parser complains about.
      what = about(unknown, command.getCommandSpec());
    }
    boolean json = List.of(args).contains("--json");
    say(what, ExitCode.USAGE, json);
    shell
        .err()
        .println(Launcher.in("Try: ./" + command.getCommandSpec().qualifiedName() + " --help"));
    return ExitCode.USAGE.code();
  }

  /** The command gave up before it had anything to judge. */
  int aboutExecution(Exception e, CommandLine command, ParseResult parsed) {
    ExitCode exit = kind(e);
    boolean json = parsed.expandedArgs().contains("--json");
    if (exit == ExitCode.INTERNAL && !(e instanceof ReportWriteException)) {
      e.printStackTrace(shell.err());
      say("Holdfast itself broke: " + e, exit, json);
    } else {
      say(String.valueOf(e.getMessage()), exit, json);
    }
    return exit.code();
  }

  private static ExitCode kind(Exception e) {
    return switch (e) {
      case UsageError x -> ExitCode.USAGE;
      case ScenarioError x -> ExitCode.USAGE;
      case BudgetException x -> ExitCode.USAGE;
      case KnownFailuresException x -> ExitCode.USAGE;
      case NotAReportException x -> ExitCode.USAGE;
      default -> ExitCode.INTERNAL;
    };
  }

  private void say(String what, ExitCode exit, boolean json) {
    String line = OneLine.of(what, LONGEST);
    shell.err().println("holdfast: " + line);
    if (json) {
      var event = JsonFormat.MAPPER.createObjectNode().put("event", "refused");
      shell.out().println(event.put("exit_code", exit.code()).put("message", line));
    }
  }

  /** A converter's own words, without what picocli puts before them. */
  private static String reason(ParameterException e) {
    Throwable said = e.getCause() instanceof TypeConversionException own ? own : e;
    return decapitalized(String.valueOf(said.getMessage()));
  }

  private static String decapitalized(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String unmatched(UnmatchedArgumentException e) {
    String word = e.getUnmatched().getFirst();
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    if (word.startsWith("-")) {
      return about(word, spec);
    }
    return spec.subcommands().isEmpty()
        ? "unexpected argument '" + word + "'"
        : "unknown command '" + word + "'" + Nearest.hint(word, spec.subcommands().keySet());
  }

  private static String about(String option, CommandSpec spec) {
    return "unknown option '" + option + "'" + Nearest.hint(name(option), options(spec));
  }

  /** The first word before {@code --} that looks like an option and is none of the command's. */
  private static @Nullable String unknownOption(CommandSpec spec, List<String> args) {
    boolean value = false;
    for (String word : args) {
      OptionSpec known = spec.findOption(name(word));
      if (word.equals("--")) {
        return null;
      } else if (value) {
        value = false;
      } else if (known != null) {
        value = known.arity().min() > 0 && !word.contains("=");
      } else if (word.startsWith("--")) {
        return word;
      }
    }
    return null;
  }

  private static String name(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }

  private static List<String> options(CommandSpec spec) {
    List<String> names = new ArrayList<>();
    spec.options().forEach(option -> names.addAll(List.of(option.names())));
    return names;
  }
}
