package dev.holdfast.scenarios.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.chaos.ChaosScenarios;
import dev.holdfast.scenarios.chaos.Played;
import dev.holdfast.scenarios.load.ScenarioReader;
import dev.holdfast.scenarios.model.Scenario;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Virtual time: reproducible to the byte, and much faster than a clock. */
class WorldRunTest {

  /** A herd is only more of the same, and slow to compare. */
  private static final int FEW = 100;

  @Test
  void sameSeedGivesTheSameHistory() {
    for (Profile profile : Profile.values()) {
      for (Scenario scenario : ChaosScenarios.ALL) {
        if (scenario.people().size() >= FEW) {
          continue;
        }
        String name = profile + " " + scenario.name();
        assertEquals(lines(profile, scenario, 11), lines(profile, scenario, 11), name);
      }
    }
  }

  @Test
  void otherSeedGivesAnotherHistory() {
    Scenario scenario = ChaosScenarios.ALL.get(0);
    assertNotEquals(lines(Profile.CORE, scenario, 11), lines(Profile.CORE, scenario, 12));
  }

  @Test
  void everyRecordSurvivesItsLine() {
    for (String line : lines(Profile.RESUME, ChaosScenarios.ALL.get(0), 3)) {
      assertEquals(line, HistoryCodec.write(HistoryCodec.read(line)));
    }
  }

  @Test
  void thirtySecondsWithoutANetworkTakeLessThanOne() {
    Scenario outage =
        ChaosScenarios.ALL.stream()
            .filter(s -> s.name().equals("outage-of-thirty-seconds"))
            .findFirst()
            .orElseThrow();
    Played warm = WorldRun.reference(Profile.CORE).play(outage, 1, "");
    assertEquals(Verdict.PASS, warm.finding().verdict());
    assertTrue(spanMs(warm.history()) > 30_000, "spans " + spanMs(warm.history()) + " virtual ms");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long fastestNanos = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = threads.getCurrentThreadCpuTime();
      WorldRun.reference(Profile.CORE).play(outage, i, "");
      fastestNanos = Math.min(fastestNanos, threads.getCurrentThreadCpuTime() - began);
    }
    assertTrue(fastestNanos < 1_000_000_000L, "at best " + fastestNanos / 1_000_000 + " ms of CPU");
  }

  @Test
  void faultThatTheNetworkLacksIsNotApplicable() {
    Scenario scenario =
        ScenarioReader.read(
            "slicer.yaml",
            """
            name: slicer
            clause: queue/replayed-once
            people: {ana: [{say: hi, as: m1}, {expect: {terminal: m1}}]}
            faults: [{at_ms: 0, do: slicer}]
            expect: [no_loss]
            """);
    Played played = WorldRun.reference(Profile.CORE).play(scenario, 1, "");
    assertEquals(Verdict.NOT_APPLICABLE, played.finding().verdict());
  }

  private static List<String> lines(Profile profile, Scenario scenario, long seed) {
    List<HistoryRecord> history = WorldRun.reference(profile).play(scenario, seed, "").history();
    return history.stream().map(HistoryCodec::write).toList();
  }

  private static long spanMs(List<HistoryRecord> history) {
    long first = history.stream().mapToLong(HistoryRecord::monoNs).min().orElse(0);
    long last = history.stream().mapToLong(HistoryRecord::monoNs).max().orElse(0);
    return (last - first) / 1_000_000;
  }
}
