package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.cli.run.Shell;
import dev.holdfast.cli.run.Signals;
import dev.holdfast.cli.run.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What a command said, and the code that it ended with. */
record Spoken(int exitCode, String out, String err) {

  /** Runs a command within this JVM. */
  static Spoken by(String... args) {
    return by(Signals.NONE, Map.of(), args);
  }

  static Spoken by(Signals signals, Map<String, String> env, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell = new Shell(stream(out), stream(err), env, Terminal.NONE, signals);
    int exitCode = Main.run(args, shell);
    return new Spoken(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  String lastLine() {
    return outLines().getLast();
  }

  String firstError() {
    return err.lines().findFirst().orElse("");
  }
}
