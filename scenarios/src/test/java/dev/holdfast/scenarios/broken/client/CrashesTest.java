package dev.holdfast.scenarios.broken.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.client.Adapter;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A crash, an uncaught error and a client that stays are findings, whatever else a case comes to.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashesTest {
  private static final long PATIENCE_MS = 2_000;
  private static final String WAKES = "reconnect/manual-retry-always-works/after-a-final-close";
  private static final String LEAVES = "reconnect/final-closes-stop/own-leaving";
  private static final String ERROR = "{\"event\":\"error\",\"data\":{\"message\":\"oops\"}}";

  @Test
  void crashWhereTheClientShouldGiveUp() throws Exception {
    Finding finding =
        play(
            WAKES,
            changed((line, out) -> {
              if (line.contains("\"disconnected\"")) {
                out.ended(1);
              } else {
                out.line(line);
              }
            }));
    assertBroken(finding, "exit code 1");
  }

  @Test
  void errorBeforeACommandThatIsNotSupported() throws Exception {
    Finding finding =
        play(
            LEAVES,
            changed((line, out) -> {
              if (line.startsWith("{\"re\"")) {
                out.line(ERROR);
                out.line(unsupported(line));
              } else {
                out.line(line);
              }
            }));
    assertBroken(finding, "oops");
  }

  @Test
  void commandThatIsNotSupportedAlone() throws Exception {
    Finding finding =
        play(
            LEAVES,
            changed(
                (line, out) -> out.line(line.startsWith("{\"re\"") ? unsupported(line) : line)));
    assertEquals(Verdict.NOT_APPLICABLE, finding.verdict(), () -> Shown.of(finding));
  }

  /** That it does not say so is another clause's matter. */
  @Test
  void clientThatGivesUpInSilenceIsWokenAllTheSame() throws Exception {
    Finding finding =
        play(
            WAKES,
            changed((line, out) -> {
              if (!line.contains("\"disconnected\"")) {
                out.line(line);
              }
            }));
    assertEquals(Verdict.PASS, finding.verdict(), () -> Shown.of(finding));
  }

  @Test
  void clientThatStaysAfterTheEndOfItsInput() throws Exception {
    Adapter stays =
        (environment, output) -> {
          Adapter.Running sound = InProcess.reference(Profile.CORE).start(environment, output);
          return new Adapter.Running() {
            @Override
            public void write(String line) {
              sound.write(line);
            }

            @Override
            public void endInput() {}

            @Override
            public void close() {
              sound.close();
            }
          };
        };
    assertBroken(play("reconnect/connects-by-itself", stays), "did not exit within");
  }

  private static String unsupported(String line) {
    return line.replace("\"ok\":true", "\"unsupported\":true");
  }

  private static void assertBroken(Finding finding, String word) {
    assertEquals(Verdict.FAIL, finding.verdict(), () -> Shown.of(finding));
    assertEquals(Level.MUST, finding.level(), () -> Shown.of(finding));
    assertTrue(Shown.of(finding).contains(word), () -> Shown.of(finding));
  }

  private static Finding play(String address, Adapter adapter) throws Exception {
    ClientCase one =
        ClientCases.ALL.stream().filter(c -> c.address().equals(address)).findFirst().orElseThrow();
    var options = new ClientCheck.Options(1, false, PATIENCE_MS, "holdfast check client", "", 7);
    return new ClientCheck(adapter, options, Progress.SILENT)
        .trustingTheMachine()
        .play(List.of(one), sound(), f -> {})
        .getFirst();
  }

  /** What the sound client says of itself, however long it takes. */
  private static Ready sound() throws Exception {
    var options = new ClientCheck.Options(1, false, 120_000, "holdfast check client", "", 7);
    return new ClientCheck(InProcess.reference(Profile.CORE), options, Progress.SILENT).introduce();
  }

  /** What becomes of a line of the reference client. */
  private interface Change {
    void of(String line, Adapter.Output output);
  }

  private static Adapter changed(Change change) {
    return (environment, output) ->
        InProcess.reference(Profile.CORE)
            .start(
                environment,
                new Adapter.Output() {
                  @Override
                  public void line(String line) {
                    change.of(line, output);
                  }

                  @Override
                  public void evidence(String line) {
                    output.evidence(line);
                  }

                  @Override
                  public void broke(String how) {
                    output.broke(how);
                  }

                  @Override
                  public void ended(int exit) {
                    output.ended(exit);
                  }
                });
  }
}
