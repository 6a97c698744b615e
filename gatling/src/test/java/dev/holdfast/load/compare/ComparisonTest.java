package dev.holdfast.load.compare;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processor time a message, {@code mvn -Plab -pl gatling test -Dtest=ComparisonTest}: all servers
 * in one run, round by round in turn, so that whatever else the machine does hits all of them.
 */
@Tag("lab")
class ComparisonTest {
  private static final int PEOPLE = 20;
  private static final int ROUNDS = Integer.getInteger("holdfast.rounds", 5);
  private static final long WARM_UP_MS = Long.getLong("holdfast.warm_up_ms", 6_000);
  private static final long ROUND_MS = Long.getLong("holdfast.round_ms", 3_000);

  @TempDir Path folder;

  private final List<Contestant> contestants = new ArrayList<>();

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
        "reference",
        Map.of(),
        Contestant.java(ReferenceMain.class, folder.resolve("audit").toString()));
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
      System.out.println("Not compared: node; set HOLDFAST_NODE_MODULES to a folder with ws in it");
    }
  }

  private void addIfThere(String variable, String name, String file, Map<String, String> env)
      throws IOException {
    String program = System.getenv(variable);
    if (program == null) {
      System.out.println("Not compared: " + name + "; set " + variable);
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

  private String table() {
    StringBuilder table = new StringBuilder("\n| server | µs of CPU a message | of the floor |\n");
    table.append("|---|---|---|\n");
    double floor = contestants.getFirst().median();
    for (Contestant c : contestants) {
      List<Double> sorted = c.usPerMessage.stream().sorted().toList();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f (%.0f–%.0f) | %.2f |%n",
              c.name,
              c.median(),
              sorted.getFirst(),
              sorted.getLast(),
              c.median() / floor));
    }
    return table.toString();
  }

  private void judge() {
    double reference = named("reference", 0);
    assertTrue(reference <= 1.3 * named("floor", 0), "over 1.3 times the floor");
    assertTrue(reference <= named("python", Double.MAX_VALUE) / 4, "over a quarter of Python's");
  }

  private double named(String name, double otherwise) {
    @Nullable Contestant found =
        contestants.stream().filter(c -> c.name.equals(name)).findFirst().orElse(null);
    return found == null ? otherwise : found.median();
  }
}
