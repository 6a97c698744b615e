package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same scenario on sockets and in virtual time leads to the same verdict. */
@Timeout(value = 90, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VerdictAgreementTest {
  private static final long SEED = 20_260_101;

  /** What the default tests play on sockets: a cut, a dead link, a frame that is swallowed. */
  private static final Set<String> SAMPLE =
      Set.of("cut-mid-run", "half-open", "pong-swallowed", "one-of-three-is-cut");

  @ParameterizedTest
  @EnumSource(Profile.class)
  void socketsAndWorldAgree(Profile profile) throws Exception {
    agree(profile, s -> SAMPLE.contains(s.name()));
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  @Tag("lab")
  void socketsAndWorldAgreeOnTheRest(Profile profile) throws Exception {
    agree(profile, s -> !SAMPLE.contains(s.name()));
  }

  private static void agree(Profile profile, Predicate<Scenario> wanted) throws Exception {
    List<Scenario> quick =
        ChaosScenarios.ALL.stream()
            .filter(scenario -> !Settings.slow(scenario) && !scenario.needsOwnServer())
            .filter(wanted)
            .toList();
    Map<String, Verdict> world = new TreeMap<>();
    for (Scenario scenario : quick) {
      Finding finding = WorldRun.reference(profile).play(scenario, SEED, "").finding();
      world.put(scenario.name(), finding.verdict());
    }
    Map<String, Verdict> sockets = new TreeMap<>();
    StringBuilder details = new StringBuilder("seed " + SEED);
    for (Played played : onSockets(profile, quick)) {
      Finding finding = played.finding();
      sockets.put(finding.address(), finding.verdict());
      details.append('\n').append(finding.address()).append(": ").append(finding.seen());
      details.append(' ').append(finding.checks());
    }
    assertEquals(world, sockets, details::toString);
  }

  private static List<Played> onSockets(Profile profile, List<Scenario> scenarios)
      throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build());
        EmbeddedEngine engine = EmbeddedEngine.start(0, SEED)) {
      Target target =
          Target.scripted(URI.create(server.wsUrl()), URI.create(server.httpUrl()), profile)
              .offering(ServerConfig.STANDARD.capabilities());
      return new ChaosRun(target, engine, Progress.SILENT, "holdfast chaos", SEED)
          .play(scenarios, played -> {});
    }
  }
}
