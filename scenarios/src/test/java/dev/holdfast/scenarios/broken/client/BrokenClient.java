package dev.holdfast.scenarios.broken.client;

import dev.holdfast.scenarios.conformance.client.Adapter;
import dev.holdfast.scenarios.load.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broken client, running: the reference with one thing wrong, as a program that speaks the
 * adapter protocol.
 *
 * <p>On a command line {@code BrokenClient NAME} talks on standard input and output until the input
 * ends; without a name it lists them all.
 */
public final class BrokenClient {
  private static final int USAGE = 64;

  private BrokenClient() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (args.length == 0) {
      ClientTwins.ALL.forEach(t -> out.printf("%-34s %s%n", t.name(), t.sentence()));
      return;
    }
    Optional<ClientTwin> twin = ClientTwins.find(args[0]);
    if (twin.isEmpty() || args.length > 1) {
      System.err.println(complaint(args[0]));
      System.exit(USAGE);
    }
    run(twin.orElseThrow(), out);
  }

  private static String complaint(String name) {
    List<String> names = ClientTwins.ALL.stream().map(ClientTwin::name).toList();
    String hint = Nearest.to(name, names).map(n -> ", did you mean '" + n + "'?").orElse("");
    return "usage: BrokenClient [NAME]; no broken client is called '" + name + "'" + hint;
  }

  private static void run(ClientTwin twin, PrintStream out) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Map<String, String> environment = System.getenv();
    try (Adapter.Running running = InProcess.twin(twin).start(environment, new Printed(out))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        running.write(line);
      }
    }
    System.exit(0);
  }

  /** What it says goes to standard output. */
  private record Printed(PrintStream out) implements Adapter.Output {
    @Override
    public void line(String line) {
      out.println(line);
    }

    @Override
    public void evidence(String line) {
      System.err.println(line);
    }

    @Override
    public void broke(String how) {
      System.err.println(how);
    }

    @Override
    public void ended(int exit) {}
  }
}
