package dev.holdfast.load.compare;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processor time a message, {@code mvn -Plab -pl gatling -am test -Dtest=ComparisonTest}: all
 * servers in one run, round by round in turn, so that whatever else the machine does hits all of
 * them. SQLite's ratio stands beside the others and is not judged.
 *
 * <p>A floor that hashes and writes as many audit lines as the reference stands there to be read,
 * and is not judged: it tells how much of the reference's distance is the audit log's alone.
 */
@Tag("lab")
class ComparisonTest {
  private static final int PEOPLE = 20;
  private static final int ROUNDS = Integer.getInteger("holdfast.rounds", 5);
  private static final long WARM_UP_MS = Long.getLong("holdfast.warm_up_ms", 10_000);
  private static final long ROUND_MS = Long.getLong("holdfast.round_ms", 3_000);

  @TempDir Path folder;

  private final List<Contestant> contestants = new ArrayList<>();
  private final List<String> absent = new ArrayList<>();

  @Test
  void theReferenceIsNearTheFloorAndFarBelowPython() throws Exception {
    try {
      start();
      for (Contestant contestant : contestants) {
        talk(contestant, WARM_UP_MS);
        contestant.usPerMessage.clear();
        contestant.perSecond.clear();
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Contestant contestant : contestants) {
          talk(contestant, ROUND_MS);
        }
      }
      System.out.println(table());
      judge();
    } finally {
      for (Contestant contestant : contestants) {
        contestant.close();
      }
    }
  }

  private void start() throws IOException {
    add("floor", Map.of(), Contestant.java(FloorMain.class));
    add(
        "floor, ledger",
        Map.of(),
        Contestant.java(FloorMain.class, folder.resolve("ledger").toString()));
    add(
        "reference",
        Map.of(),
        Contestant.java(ReferenceMain.class, folder.resolve("audit").toString()));
    add(
        "reference, SQLite",
        Map.of(),
        Contestant.java(
            ReferenceMain.class,
            folder.resolve("audit-sqlite").toString(),
            folder.resolve("store.sqlite").toString()));
    Map<String, String> audit = Map.of("AUDIT", folder.resolve("python.jsonl").toString());
    addIfThere("HOLDFAST_PYTHON", "python", "server.py", audit);
    addNode();
  }

  private void addNode() throws IOException {
    String modules = System.getenv("HOLDFAST_NODE_MODULES");
    if (modules != null) {
      Path copy = Files.createDirectories(folder.resolve("node"));
      for (String file : List.of("server.mjs", "frames.json")) {
        Files.copy(Frames.FOLDER.resolve(file), copy.resolve(file));
      }
      Files.createSymbolicLink(copy.resolve("node_modules"), Path.of(modules).toAbsolutePath());
      Map<String, String> audit = Map.of("AUDIT", folder.resolve("node.jsonl").toString());
      String node = System.getenv().getOrDefault("HOLDFAST_NODE", "node");
      add("node", audit, List.of(node, copy.resolve("server.mjs").toString()));
    } else {
      absent.add("node; set HOLDFAST_NODE_MODULES to a folder with ws in it");
    }
  }

  private void addIfThere(String variable, String name, String file, Map<String, String> env)
      throws IOException {
    String program = System.getenv(variable);
    if (program == null) {
      absent.add(name + "; set " + variable);
    } else {
      add(name, env, List.of(program, Frames.FOLDER.resolve(file).toString()));
    }
  }

  private void add(String name, Map<String, String> env, List<String> command) throws IOException {
    contestants.add(Contestant.start(name, folder.resolve(name + ".log"), env, command));
  }

  private static void talk(Contestant contestant, long ms) throws Exception {
    try (Crowd crowd = new Crowd(contestant.url, PEOPLE)) {
      long messages = crowd.answers();
      long us = contestant.processorUs();
      long began = System.nanoTime();
      String wrong = crowd.wrongWithin(ms);
      long answered = crowd.answers() - messages;
      double seconds = (System.nanoTime() - began) / 1e9;
      contestant.usPerMessage.add((contestant.processorUs() - us) / (double) answered);
      contestant.perSecond.add(answered / seconds);
      assertNull(wrong, contestant.name);
      assertTrue(answered > 100, () -> contestant.name + " answered " + answered);
    }
  }

  /** Every server's rounds, in the order in which they were started. */
  private String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "%nmessage → 22 frames, %d people, %d rounds of %d ms in turn after %d ms to warm up%n%n"
            .formatted(PEOPLE, ROUNDS, ROUND_MS, WARM_UP_MS));
    table.append(
        "| server | µs of CPU a message | least–most | of the floor | messages a second at most |\n");
    table.append("|---|---|---|---|---|\n");
    double floor = contestants.getFirst().median();
    contestants.forEach(c -> table.append(c.row(floor)));
    absent.forEach(a -> table.append("NOT COMPARED: ").append(a).append('\n'));
    return table.toString();
  }

  private void judge() {
    double reference = named("reference").orElseThrow();
    OptionalDouble python = named("python");
    assertAll(
        () -> atMost(1.3, reference, named("floor").orElseThrow(), "the floor's"),
        () -> {
          if (python.isPresent()) {
            atMost(0.25, reference, python.getAsDouble(), "Python's");
          }
        });
    if (python.isEmpty()) {
      notJudged("whether the reference takes at most a quarter of Python's; set HOLDFAST_PYTHON");
    }
  }

  private static void atMost(double share, double reference, double other, String whose) {
    assertTrue(
        reference <= share * other,
        () ->
            "the reference takes %.2f of %s, over %.2f".formatted(reference / other, whose, share));
  }

  /** Half a judgement is no pass: the test counts as skipped, or fails where nothing may be. */
  private static void notJudged(String what) {
    String told = "NOT JUDGED: " + what;
    System.out.println(told);
    if (Boolean.parseBoolean(System.getenv("HOLDFAST_REQUIRE_TOOLS"))) {
      fail(told);
    }
    abort(told);
  }

  private OptionalDouble named(String name) {
    return contestants.stream()
        .filter(c -> c.name.equals(name))
        .mapToDouble(Contestant::median)
        .findFirst();
  }
}
