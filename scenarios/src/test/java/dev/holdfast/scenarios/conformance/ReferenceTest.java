package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Glob;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The reference passes every case, on real sockets, many at a time. */
@Tag("lab")
@Timeout(200)
class ReferenceTest {
  private static final long SEED = 7;

  @Test
  void passesAtIntervalsOfMilliseconds(@TempDir Path folder) throws Exception {
    try (ReferenceTarget reference = ReferenceTarget.start(ReferenceTest::hasty, folder)) {
      ServerCheck check =
          new ServerCheck(
              reference.target(),
              Progress.SILENT,
              "./holdfast check server",
              SEED,
              Pace.STANDARD.with(Integer.getInteger("cases_at_one_time", 24)));
      long began = System.nanoTime();
      Glob chosen = new Glob(System.getProperty("cases", "*"));
      List<Case> cases = ServerCases.ALL.stream().filter(c -> chosen.matches(c.address())).toList();
      List<Finding> findings = check.play(cases, f -> {});
      System.out.printf(
          "%d cases in %d ms%n", findings.size(), (System.nanoTime() - began) / 1_000_000);
      assertEquals("", wrong(findings));
    }
  }

  /** Heartbeats and timeouts short enough to be waited for. */
  static ServerOptions.Builder hasty() {
    return ServerOptions.builder()
        .limits(ReferenceTarget.LIMITS)
        .config(ServerConfig.STANDARD.withHeartbeat(500, 200));
  }

  private static String wrong(List<Finding> findings) {
    return findings.stream()
        .filter(f -> f.verdict() != Verdict.PASS)
        .filter(f ->
            f.verdict() != Verdict.NOT_APPLICABLE || !String.valueOf(f.seen()).contains("--slow"))
        .map(f ->
            f.title()
                + " "
                + f.verdict()
                + " after "
                + f.durationMs()
                + ": expected "
                + f.expected()
                + ", saw "
                + f.seen()
                + trace(f))
        .collect(Collectors.joining("\n", "", ""));
  }

  private static String trace(Finding finding) {
    return finding.trace().stream().map(line -> "\n    " + line).collect(Collectors.joining());
  }
}
