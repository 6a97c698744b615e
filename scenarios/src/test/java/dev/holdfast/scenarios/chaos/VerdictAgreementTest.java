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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same scenario on sockets and in virtual time leads to the same verdict. */
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class VerdictAgreementTest {
  private static final long SEED = 20_260_101;
  private static final int TIMES_ALONE = 3;

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

  /**
   * What the machine bends on sockets is played again alone before it counts: a fault that comes
   * too late to strike proves nothing, and an answer that comes late is no answer.
   */
  private void agree(List<Scenario> scenarios) throws Exception {
    Map<Story, Verdict> world = inWorld(scenarios);
    Map<Story, Finding> sockets = onSockets(List.of(Profile.values()), scenarios);
    for (int again = 0; again < TIMES_ALONE; again++) {
      for (Story story : world.keySet()) {
        Finding finding = sockets.get(story);
        if (finding == null || finding.verdict() != world.get(story)) {
          System.out.println("again alone: " + story + ": " + finding);
          sockets.putAll(onSockets(List.of(story.profile()), List.of(story.scenario())));
        }
      }
    }
    assertTrue(!world.isEmpty());
    Map<Story, Verdict> verdicts = new LinkedHashMap<>();
    sockets.forEach((story, finding) -> verdicts.put(story, finding.verdict()));
    assertEquals(world, verdicts, () -> details(sockets));
  }

  private static String details(Map<Story, Finding> sockets) {
    StringBuilder details = new StringBuilder("seed " + SEED);
    sockets.forEach((story, finding) -> {
      details.append('\n').append(finding.durationMs()).append(" ms ").append(story);
      details.append(": ").append(finding.seen()).append(' ').append(finding.checks());
    });
    return details.toString();
  }

  /** A scenario in a profile. */
  private record Story(Profile profile, Scenario scenario) {
    @Override
    public String toString() {
      return profile.word() + " " + scenario.name();
    }
  }

  private static Map<Story, Verdict> inWorld(List<Scenario> scenarios) {
    Map<Story, Verdict> verdicts = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      for (Profile profile : Profile.values()) {
        if (scenario.appliesTo(profile)) {
          Finding finding = WorldRun.reference(profile).play(scenario, SEED, "").finding();
          verdicts.put(new Story(profile, scenario), finding.verdict());
        }
      }
    }
    return verdicts;
  }

  /** The profiles side by side, as what waits costs nothing. */
  private Map<Story, Finding> onSockets(List<Profile> profiles, List<Scenario> scenarios)
      throws Exception {
    Path store = Files.createTempDirectory(folder, "store").resolve("sessions.db");
    ServerOptions options = ServerOptions.builder().store(store).build();
    try (ReferenceServer server = ReferenceServer.start(options);
        EmbeddedEngine engine = EmbeddedEngine.start(0, SEED);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Target target =
          Target.scripted(URI.create(server.wsUrl()), URI.create(server.httpUrl()), Profile.CORE)
              .offering(ServerConfig.STANDARD.capabilities());
      Map<Profile, Future<List<Played>>> playing = new LinkedHashMap<>();
      for (Profile profile : profiles) {
        Target spoken = target.speaking(profile);
        playing.put(profile, threads.submit(() -> played(spoken, engine, scenarios)));
      }
      Map<Story, Finding> findings = new LinkedHashMap<>();
      for (Map.Entry<Profile, Future<List<Played>>> each : playing.entrySet()) {
        for (Played played : each.getValue().get()) {
          Finding finding = played.finding();
          findings.put(new Story(each.getKey(), named(finding.address())), finding);
        }
      }
      return findings;
    }
  }

  private static Scenario named(String name) {
    return ChaosScenarios.ALL.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
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
