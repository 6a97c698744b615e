package dev.holdfast.scenarios.broken.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.broken.Escapes;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reference client passes every case, in both profiles. What the crowd of cases bends is played
 * again alone and with more patience.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReferenceClientTest {
  /** How many times the usual patience the client has to say what it is. */
  private static final int TO_INTRODUCE = 24;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void passesEveryCase(Profile profile) throws Exception {
    Ready ready = check(profile, TO_INTRODUCE).introduce();
    List<Finding> wrong = notPassed(check(profile, 1), ready, ClientCases.ALL);
    for (int patience : Escapes.PATIENCE_ALONE) {
      List<Finding> stillWrong = new ArrayList<>();
      for (Finding each : wrong) {
        List<ClientCase> alone =
            ClientCases.ALL.stream().filter(c -> c.address().equals(each.address())).toList();
        stillWrong.addAll(notPassed(check(profile, patience), ready, alone));
      }
      wrong = stillWrong;
    }
    assertEquals("", shown(wrong), "not passed, alone too");
  }

  private static ClientCheck check(Profile profile, int patience) {
    long patienceMs = ClientCheck.PATIENCE_MS * patience;
    var options = new ClientCheck.Options(32, false, patienceMs, "holdfast check client", "", 7);
    return new ClientCheck(InProcess.reference(profile), options, Progress.SILENT);
  }

  private static String shown(List<Finding> findings) {
    return findings.stream().map(Shown::of).collect(Collectors.joining("\n"));
  }

  private static List<Finding> notPassed(ClientCheck check, Ready ready, List<ClientCase> cases)
      throws InterruptedException {
    return check.play(cases, ready, f -> {}).stream()
        .filter(f -> f.verdict() != Verdict.PASS && f.verdict() != Verdict.NOT_APPLICABLE)
        .toList();
  }
}
