package dev.holdfast.load;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.holdfast.report.result.LoadFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one load, all in one folder. */
record LoadFiles(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Line ends are the same on every machine. */
  private static final ObjectWriter PRETTY =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  /** What was asked for. */
  Path plan() {
    return folder.resolve("plan.json");
  }

  /** Every interval's times, as HdrHistogram writes them. */
  Path intervals() {
    return folder.resolve("intervals.hlog");
  }

  /** Is there as soon as the clock started, and says when. */
  Path started() {
    return folder.resolve("started");
  }

  /** What was measured. */
  Path measured() {
    return folder.resolve("measured.json");
  }

  /** When somebody restarted the server. */
  Path storm() {
    return folder.resolve("storm.json");
  }

  /** What Gatling printed. */
  Path log() {
    return folder.resolve("gatling.log");
  }

  /** The first broken conversation, as a history. */
  Path broken() {
    return folder.resolve("broken-conversation.jsonl");
  }

  /** Gatling's own report. */
  Path gatling() {
    return folder.resolve("gatling");
  }

  /** Where Gatling works; it names a folder of its own in here. */
  Path gatlingRuns() {
    return folder.resolve("gatling-run");
  }

  void writeStarted(long wallMs) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(started(), Long.toString(wallMs));
  }

  void write(LoadPlan plan) throws IOException {
    write(plan(), plan);
  }

  void write(LoadFault storm) throws IOException {
    write(storm(), storm);
  }

  LoadFault readStorm() throws IOException {
    return JSON.readValue(storm().toFile(), LoadFault.class);
  }

  LoadPlan readPlan() throws IOException {
    return JSON.readValue(plan().toFile(), LoadPlan.class);
  }

  void write(Measured measured) throws IOException {
    write(measured(), measured);
  }

  Measured readMeasured() throws IOException {
    return JSON.readValue(measured().toFile(), Measured.class);
  }

  /** Removes what an earlier load left here; nothing else. */
  void clear() throws IOException {
    for (Path old : all()) {
      remove(old);
    }
  }

  private List<Path> all() {
    return List.of(
        plan(),
        measured(),
        intervals(),
        started(),
        storm(),
        log(),
        broken(),
        gatling(),
        gatlingRuns());
  }

  /** Copies what a load left here, and nothing else, to another folder. */
  void copyTo(Path other) throws IOException {
    Files.createDirectories(other);
    for (Path kept : all()) {
      if (Files.exists(kept)) {
        copy(kept, other.resolve(folder.relativize(kept)));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Gives Gatling's report a name that can be linked to. */
  @Nullable Path settleGatlingReport() throws IOException {
    Path settled = gatling().resolve("index.html");
    if (!Files.isDirectory(gatlingRuns())) {
      return Files.exists(settled) ? settled : null;
    }
    try (var runs = Files.list(gatlingRuns())) {
      Path run = runs.filter(Files::isDirectory).findFirst().orElse(null);
      if (run == null || !Files.exists(run.resolve("index.html"))) {
        return null;
      }
      Files.move(run, gatling());
    }
    remove(gatlingRuns());
    return settled;
  }

  private static void remove(Path what) throws IOException {
    if (!Files.exists(what)) {
      return;
    }
    try (var tree = Files.walk(what)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void write(Path file, Object value) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, PRETTY.writeValueAsString(value));
  }
}
