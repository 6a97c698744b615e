package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Profile;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scenario that is played several times has sessions of its own each time. */
class RepeatTest {
  private static final Scenario SCENARIO =
      ChaosScenarios.ALL.stream()
          .filter(s -> s.name().equals("cut-at-the-answer"))
          .findFirst()
          .orElseThrow();

  @ParameterizedTest
  @EnumSource(Profile.class)
  void repeatedWithOneSeedAndRunTwiceItPasses(Profile profile) throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build());
        EmbeddedEngine engine = EmbeddedEngine.start(0, 1)) {
      Target target = Target.scripted(URI.create(server.wsUrl()), null, profile);
      for (int run = 0; run < 2; run++) {
        Finding finding =
            new ChaosRun(target, engine, Progress.SILENT, "holdfast chaos", 1)
                .repeating(2)
                .play(List.of(SCENARIO), played -> {})
                .getFirst()
                .finding();
        assertEquals(Verdict.PASS, finding.verdict(), finding::toString);
      }
    }
  }
}
