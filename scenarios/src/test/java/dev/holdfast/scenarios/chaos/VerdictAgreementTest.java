package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Settings;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.world.WorldRun;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same scenario on sockets and in virtual time leads to the same verdict. */
@Timeout(value = 150, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VerdictAgreementTest {
  private static final long SEED = 20_260_101;

  @TempDir private Path folder;

  @Test
  void socketsAndWorldAgree() throws Exception {
    agree(ChaosScenarios.ALL.stream().filter(VerdictAgreementTest::isQuick).toList());
  }

  /** With a server of their own, which is struck, or with a long time to wait. */
  @Test
  @Tag("ci")
  void socketsAndWorldAgreeOnTheRest() throws Exception {
    agree(ChaosScenarios.ALL.stream().filter(scenario -> !isQuick(scenario)).toList());
  }

  private static boolean isQuick(Scenario scenario) {
    return !scenario.needsOwnServer() && !Settings.slow(scenario);
  }

  private void agree(List<Scenario> scenarios) throws Exception {
    Map<String, Verdict> sockets = new TreeMap<>();
    StringBuilder details = new StringBuilder("seed " + SEED);
    List<Finding> first = onSockets(scenarios);
    List<Finding> late = first.stream().filter(VerdictAgreementTest::provesNothing).toList();
    List<Finding> findings = new ArrayList<>(first);
    findings.removeAll(late);
    findings.addAll(onceMore(scenarios, late));
    for (Finding finding : findings) {
      String name = finding.profile() + " " + finding.address();
      sockets.put(name, finding.verdict());
      details.append('\n').append(finding.durationMs()).append(" ms ").append(name);
      details.append(": ").append(finding.seen()).append(' ').append(finding.checks());
    }
    Map<String, Verdict> world = new TreeMap<>();
    for (Scenario scenario : scenarios) {
      for (Profile profile : Profile.values()) {
        if (scenario.appliesTo(profile)) {
          Finding finding = WorldRun.reference(profile).play(scenario, SEED, "").finding();
          world.put(profile.word() + " " + scenario.name(), finding.verdict());
          details.append("\nworld: ").append(finding.seen()).append(' ').append(finding.checks());
        }
      }
    }
    assertTrue(!world.isEmpty());
    assertEquals(world, sockets, details::toString);
  }

  private static boolean provesNothing(Finding finding) {
    return finding.verdict() == Verdict.INCONCLUSIVE;
  }

  /**
   * On a busy machine a fault may come too late to strike: where nothing was proven, the scenario
   * is played once more, when the others are over.
   */
  private List<Finding> onceMore(List<Scenario> scenarios, List<Finding> late) throws Exception {
    List<Scenario> again =
        scenarios.stream()
            .filter(s -> late.stream().anyMatch(f -> f.address().equals(s.name())))
            .toList();
    List<Finding> findings = again.isEmpty() ? List.of() : onSockets(again);
    return findings.stream().filter(f -> late.stream().anyMatch(l -> sameStory(l, f))).toList();
  }

  private static boolean sameStory(Finding one, Finding other) {
    return one.address().equals(other.address()) && one.profile().equals(other.profile());
  }

  /** Both profiles side by side, as what waits costs nothing. */
  private List<Finding> onSockets(List<Scenario> scenarios) throws Exception {
    ServerOptions options = ServerOptions.builder().store(folder.resolve("sessions.db")).build();
    try (ReferenceServer server = ReferenceServer.start(options);
        EmbeddedEngine engine = EmbeddedEngine.start(0, SEED);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Target target =
          Target.scripted(URI.create(server.wsUrl()), URI.create(server.httpUrl()), Profile.CORE)
              .offering(ServerConfig.STANDARD.capabilities());
      List<Future<List<Played>>> playing =
          Stream.of(Profile.values())
              .map(target::speaking)
              .map(spoken -> threads.submit(() -> played(spoken, engine, scenarios)))
              .toList();
      List<Finding> findings = new ArrayList<>();
      for (Future<List<Played>> one : playing) {
        one.get().forEach(played -> findings.add(played.finding()));
      }
      return findings;
    }
  }

  /** Links have names, which two plays of one scenario may not share. */
  private static long seed(Profile profile) {
    return SEED + profile.ordinal();
  }

  private static List<Played> played(Target target, EmbeddedEngine engine, List<Scenario> scenarios)
      throws Exception {
    return new ChaosRun(target, engine, Progress.SILENT, "holdfast chaos", seed(target.profile()))
        .startingOwn(scenario -> ServerProcess.start(OwnReference.command(scenario)))
        .play(scenarios.stream().filter(s -> s.appliesTo(target.profile())).toList(), played -> {});
  }
}
