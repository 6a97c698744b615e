package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.scenarios.broken.BrokenServer;
import dev.holdfast.scenarios.broken.BrokenServers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The gate on ten servers that break a MUST: exit code 1, and why in the first line. */
@Isolated("its times count")
@Tag("lab")
class BrokenServersGateTest {
  /** A gate mostly waits. */
  private static final int AT_ONE_TIME = 5;

  private static final List<String> NAMES =
      List.of(
          "speaks-before-greeting",
          "two-terminals",
          "empty-answers",
          "unreadable-timestamps",
          "timestamps-in-seconds",
          "errors-without-words",
          "dies-of-the-unexpected",
          "no-greeting",
          "newest-first",
          "deaf-after-bad-frame");

  @TempDir Path folder;

  @Test
  void failsEachAndSaysWhyFirst() throws Exception {
    Map<String, Future<Spoken>> gates = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONE_TIME)) {
      NAMES.forEach(name -> gates.put(name, threads.submit(() -> gate(name))));
    }
    for (Map.Entry<String, Future<Spoken>> gate : gates.entrySet()) {
      Spoken spoken = gate.getValue().get();
      assertEquals(1, spoken.exitCode(), () -> gate.getKey() + spoken.out() + spoken.err());
      String first = spoken.outLines().getFirst();
      assertTrue(first.matches("holdfast: FAIL [a-z-]+/[a-z0-9/-]+.*: .*"), first);
      assertEquals(spoken.lastLine(), first);
    }
  }

  private Spoken gate(String name) throws Exception {
    try (BrokenServer server = BrokenServer.start(BrokenServers.find(name).orElseThrow(), 0)) {
      String out = folder.resolve(name).toString();
      return Spoken.by("gate", "--quick", server.wsUrl().toString(), "--out", out);
    }
  }
}
