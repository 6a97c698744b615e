package dev.holdfast.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.report.format.Ansi;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Map;

/** What a command sees of the process that it runs in; a test gives it another. */
public record Shell(
    PrintStream out, PrintStream err, Map<String, String> env, Terminal terminal, Signals signals) {

  public Shell {
    env = Map.copyOf(env);
  }

  public static Shell ofThisProcess() {
    return new Shell(
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        System.getenv(),
        Terminal.toldByLauncher(),
        new ProcessSignals());
  }

  /** Reports are UTF-8 whatever the locale says: a CI machine's is often POSIX. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, UTF_8);
  }

  public Ansi ansiOut() {
    return Ansi.detect(env, terminal.out());
  }

  public Ansi ansiErr() {
    return Ansi.detect(env, terminal.err());
  }
}
