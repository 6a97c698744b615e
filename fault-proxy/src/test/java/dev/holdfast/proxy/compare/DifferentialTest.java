package dev.holdfast.proxy.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.proxy.contract.Engines;
import dev.holdfast.proxy.engine.FaultEngine;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random cases on the embedded engine and on the real Toxiproxy: they must agree. */
final class DifferentialTest {
  private static final long SEED = Long.getLong("holdfast.seed", 2_026);
  private static final int CASES = Integer.getInteger("holdfast.cases", 500);
  private static final int FIRST_CASES = 150;

  /** A case on busy cores may be unlucky; a true disagreement is one every time. */
  private static final int TRIES = 4;

  @Test
  @Tag("ci")
  void theFirstCasesEndAlike() throws Exception {
    compare(FIRST_CASES);
  }

  @Test
  @Tag("lab")
  void allCasesEndAlike() throws Exception {
    compare(CASES);
  }

  private static void compare(int cases) throws Exception {
    FaultEngine embedded = Engines.embedded();
    FaultEngine real = Engines.external();
    System.out.println("differential run: seed " + SEED + ", " + cases + " cases");
    List<String> disagreements = new CopyOnWriteArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService pool = Executors.newFixedThreadPool(6)) {
      Lab ours = new Lab(embedded.api(), http);
      Lab theirs = new Lab(real.api(), http);
      for (int i = 0; i < cases; i++) {
        Case experiment = Case.of(SEED, i);
        pool.execute(() -> compare(experiment, ours, theirs, disagreements));
      }
      pool.shutdown();
      pool.awaitTermination(10, TimeUnit.MINUTES);
    }
    assertEquals(List.of(), disagreements);
  }

  private static void compare(Case experiment, Lab ours, Lab theirs, List<String> disagreements) {
    String difference = "";
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        String name = "case" + experiment.number() + "_" + attempt;
        difference = ours.run(experiment, name).difference(theirs.run(experiment, name));
      } catch (Exception e) {
        difference = e.toString();
      }
      if (difference.isEmpty()) {
        return;
      }
    }
    disagreements.add(experiment + ": " + difference);
  }
}
