package dev.holdfast.scenarios.broken.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference client passes every case, in both profiles. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReferenceClientTest {
  @ParameterizedTest
  @EnumSource(Profile.class)
  void passesEveryCase(Profile profile) throws Exception {
    var options = new ClientCheck.Options(32, false, 5_000, "holdfast check client", "", 7);
    var check = new ClientCheck(InProcess.reference(profile), options, Progress.SILENT);
    List<Finding> findings = check.play(ClientCases.ALL, check.introduce(), f -> {});
    List<String> wrong =
        findings.stream()
            .filter(f -> f.verdict() != Verdict.PASS && f.verdict() != Verdict.NOT_APPLICABLE)
            .map(Shown::of)
            .toList();
    assertEquals(List.of(), wrong);
  }
}
