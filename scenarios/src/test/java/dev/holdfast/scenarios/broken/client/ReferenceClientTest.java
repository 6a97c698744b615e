package dev.holdfast.scenarios.broken.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference client passes every case, in both profiles. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReferenceClientTest {
  /** So many may have been bent by the crowd that they play in; each is played again alone. */
  private static final int MOST_AGAIN = 5;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void passesEveryCase(Profile profile) throws Exception {
    var options = new ClientCheck.Options(32, false, 5_000, "holdfast check client", "", 7);
    var check = new ClientCheck(InProcess.reference(profile), options, Progress.SILENT);
    List<Finding> wrong = notPassed(check, ClientCases.ALL);
    assertTrue(wrong.size() <= MOST_AGAIN, () -> shown(wrong));
    for (Finding each : wrong) {
      List<ClientCase> alone =
          ClientCases.ALL.stream().filter(c -> c.address().equals(each.address())).toList();
      assertEquals("", shown(notPassed(check, alone)), () -> "alone too; before: " + each);
    }
  }

  private static String shown(List<Finding> findings) {
    return findings.stream().map(Shown::of).collect(Collectors.joining("\n"));
  }

  private static List<Finding> notPassed(ClientCheck check, List<ClientCase> cases)
      throws Exception {
    return check.play(cases, check.introduce(), f -> {}).stream()
        .filter(f -> f.verdict() != Verdict.PASS && f.verdict() != Verdict.NOT_APPLICABLE)
        .toList();
  }
}
