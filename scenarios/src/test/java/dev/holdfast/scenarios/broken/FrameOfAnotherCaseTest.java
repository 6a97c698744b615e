package dev.holdfast.scenarios.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.conformance.ServerCheck;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bad frame that another case received: the command that plays it again names both cases. */
class FrameOfAnotherCaseTest {
  private static final String RECEIVER = "heartbeat/ping-is-answered";
  private static final String JUDGE = "envelope/timestamp-always-sent";

  @Test
  void theCommandNamesTheCaseThatReceivedTheFrame() throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build());
        Meddler meddler =
            Meddler.start(
                0,
                URI.create(server.wsUrl()).getPort(),
                Rewrites.said("^(?=.*heartbeat\\.)(.*),\"timestamp\":\"[^\"]*\"", "$1"))) {
      URI url = URI.create("ws://127.0.0.1:" + meddler.port() + "/ws/chat");
      Target target = Target.scripted(url, null, Profile.CORE);
      List<Case> cases =
          ServerCases.of(Profile.CORE).stream()
              .filter(c -> c.address().equals(RECEIVER) || c.address().equals(JUDGE))
              .toList();
      assertEquals(2, cases.size());

      Finding found =
          new ServerCheck(target, Progress.SILENT, "holdfast check server", 7)
              .play(cases, f -> {}).stream()
                  .filter(f -> f.address().equals(JUDGE))
                  .findFirst()
                  .orElseThrow();

      assertEquals(Verdict.WARN, found.verdict());
      String again = String.valueOf(found.rerun());
      assertTrue(again.contains(" --case " + RECEIVER + " --case " + JUDGE), again);
    }
  }
}
