package dev.holdfast.scenarios.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.Case;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.ServerCases;
import dev.holdfast.scenarios.conformance.ServerCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What core recommends and resume demands fails a server of profile resume, and warns no more. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResumeLevelKillTest {
  private static final Pace PACE = new Pace(1_500, 200, 1, false);

  /** Broken servers, and the case that must fail each of them. */
  private static final Map<String, String> PLANTED =
      Map.of(
          "ignores-the-environment", "rollout/kill-switch",
          "patient-with-bad-frames", "envelope/ten-bad-in-a-row-close-4203/in-resume",
          "believes-any-session", "conversation/session-mismatch-is-told/in-resume",
          "forgets-disconnects", "audit/records-disconnect/in-resume");

  @TempDir static Path audits;

  @Test
  void whatResumeDemandsFails() throws Exception {
    List<Escapes.Play> plays = new ArrayList<>();
    PLANTED.forEach((twin, address) -> plays.add(patience -> escaped(twin, address, patience)));
    assertEquals("", String.join("\n", Escapes.from(plays, 2)));
  }

  @Tag("lab")
  @Test
  void aSlowConsumerThatIsNeverCutFails() throws Exception {
    String address = "queue/slow-consumer-closes-4002/in-resume";
    List<Escapes.Play> plays = List.of(patience -> escaped("keeps-everything", address, patience));
    assertEquals("", String.join("\n", Escapes.from(plays, 1)));
  }

  /** How a broken server got by, or nothing when it failed. */
  private static String escaped(String name, String address, int patience) throws Exception {
    BrokenTwin twin = BrokenServers.find(name).orElseThrow();
    Case one =
        ServerCases.of(Profile.RESUME).stream()
            .filter(c -> c.address().equals(address))
            .findFirst()
            .orElseThrow();
    Path audit = Files.createTempDirectory(audits, "audit");
    try (BrokenServer server = BrokenServer.start(twin, 0, audit)) {
      Pace pace = PACE.patient(patience * PACE.patienceMs());
      var check =
          new ServerCheck(server.target(), Progress.SILENT, "again", 7, pace).trustingTheMachine();
      Finding finding = check.play(List.of(one), f -> {}).get(0);
      boolean failed = finding.verdict() == Verdict.FAIL;
      return failed
          ? ""
          : name + " at " + address + ": " + finding.verdict() + ", " + finding.seen();
    }
  }
}
