package dev.holdfast.load.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A server of the comparison, as a process of its own whose processor time can be read. */
final class Contestant implements AutoCloseable {
  private static final String FIRST_LINE = "listening on ";

  /** Linux counts processor time in hundredths of a second. */
  private static final long US_PER_TICK = 10_000;

  private static final int USER_TIME = 11;

  final String name;
  final URI url;
  final List<Double> usPerMessage = new ArrayList<>();
  final List<Double> perSecond = new ArrayList<>();
  private final Process process;

  private Contestant(String name, Process process, URI url) {
    this.name = name;
    this.process = process;
    this.url = url;
  }

  static Contestant start(String name, Path log, Map<String, String> env, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(env);
    Process process = builder.start();
    var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = reader.readLine();
    if (line == null || !line.startsWith(FIRST_LINE)) {
      process.destroyForcibly();
      throw new IOException(name + " did not start: " + line + "; " + Files.readString(log));
    }
    return new Contestant(name, process, URI.create(line.substring(FIRST_LINE.length())));
  }

  /** A main class of this class path. */
  static List<String> java(Class<?> main, String... args) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** Processor time so far, user's and system's, in microseconds. */
  long processorUs() throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]))
        * US_PER_TICK;
  }

  double median() {
    return usPerMessage.stream().sorted().toList().get(usPerMessage.size() / 2);
  }

  /** Its line of the table. */
  String row(double floor) {
    List<Double> sorted = usPerMessage.stream().sorted().toList();
    double fastest = perSecond.stream().mapToDouble(d -> d).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "| %s | %.0f | %.0f–%.0f | %.2f | %,.0f |%n",
        name,
        median(),
        sorted.getFirst(),
        sorted.getLast(),
        median() / floor,
        fastest);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    process.getInputStream().close();
  }
}
