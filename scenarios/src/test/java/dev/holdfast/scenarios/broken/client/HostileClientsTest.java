package dev.holdfast.scenarios.broken.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.ProcessAdapter;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that are no adapters: none hangs Holdfast, and nothing that they start is left. */
@Tag("ci")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileClientsTest {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String READY = "echo '{\"event\":\"ready\"}'; ";

  /** Found in the command lines of what these tests start. */
  private final String mark = UUID.randomUUID().toString();

  @BeforeAll
  static void needsAShell() {
    assumeTrue(Files.isExecutable(SHELL), "NOT RUN: there is no /bin/sh");
  }

  @Test
  void doesNotGetReady() throws Exception {
    sideBySide(
        script -> assertThrows(ClientCheck.NotReady.class, () -> check(script).introduce(), script),
        "exit 0",
        "exit 3",
        "exit 127",
        "echo rubbish; sleep 600",
        "echo '{\"event\":\"nonsense\"}'; sleep 600",
        "yes '{}'",
        "tr '\\0' x </dev/zero");
  }

  @Test
  void failsInTheMiddleAndIsEnded() throws Exception {
    sideBySide(
        script -> assertEquals(Verdict.FAIL, play(READY + script).verdict(), script),
        "exit 3",
        "kill -9 $$",
        "echo rubbish; cat >/dev/null",
        "yes '{\"event\":\"state\",\"data\":{}}'",
        "tr '\\0' x </dev/zero",
        "yes complaint >&2",
        "echo '{\"event\":\"error\",\"data\":{\"message\":\"oops\"}}'; cat >/dev/null",
        "sleep 600",
        "trap '' TERM HUP; while :; do sleep 600; done",
        "sleep 601 & sleep 602 & wait",
        "(setsid sleep 603 &) ; cat >/dev/null");
  }

  /** The person speaks, and nothing ever says that it was heard. */
  @ParameterizedTest
  @ValueSource(strings = {"cat >/dev/null", "sleep 600"})
  void neverAnswersACommand(String script) throws Exception {
    String clause = "reconnect/connects-by-itself";
    ClientCase speaks =
        new ClientCase(
            clause, clause, List.of(), Map.of(), p -> 0, "", "", b -> b.client().send("hello?"));
    Finding finding =
        check(READY + script).play(List.of(speaks), Ready.NOTHING, f -> {}).getFirst();
    assertEquals(Verdict.FAIL, finding.verdict(), () -> Shown.of(finding));
    nothingIsLeft();
  }

  /** It said all that a case wants, but goes on for ever. */
  @Test
  void staysAfterTheEndOfItsInput() throws Exception {
    String clause = "reconnect/connects-by-itself";
    ClientCase nothing =
        new ClientCase(clause, clause, List.of(), Map.of(), p -> 0, "", "", b -> {});
    Finding finding =
        check(READY + "sleep 600").play(List.of(nothing), Ready.NOTHING, f -> {}).getFirst();
    assertEquals(Verdict.FAIL, finding.verdict(), () -> Shown.of(finding));
    nothingIsLeft();
  }

  /** A shell ends with the exit code by which a client declines a case; the user sees why. */
  @Test
  void commandThatTheShellDoesNotFindShowsItsStandardError() throws Exception {
    ClientCheck.NotReady missing =
        assertThrows(ClientCheck.NotReady.class, () -> check("no-such-client-command").introduce());
    String why = String.valueOf(missing.getMessage());
    assertTrue(why.contains("exit code 127") && why.contains("no-such-client-command"), why);
    nothingIsLeft();
  }

  /** Honest, but talkative on standard error: it is read to its end, and the client not held up. */
  @Test
  void saysMoreOnStandardErrorThanIsKept() throws Exception {
    String clause = "reconnect/connects-by-itself";
    ClientCase rests =
        new ClientCase(
            clause, clause, List.of(), Map.of(), p -> 0, "", "", b -> b.client().rest(1));
    String script =
        "head -c 80000000 /dev/zero | tr '\\0' '\\n' >&2; read line; echo '{\"re\":1,\"ok\":true}'; cat";
    Finding finding = check(READY + script).play(List.of(rests), Ready.NOTHING, f -> {}).getFirst();
    assertEquals(Verdict.PASS, finding.verdict(), () -> Shown.of(finding));
    nothingIsLeft();
  }

  @Test
  void declinesOneCase() throws Exception {
    Finding finding = play(READY + "exit 127");
    assertEquals(Verdict.NOT_APPLICABLE, finding.verdict(), () -> Shown.of(finding));
  }

  @Test
  void standardErrorOfOneThatDoesNotGetReadyIsShown() {
    ClientCheck check = check("echo 'no module named chat' >&2; exit 3");
    var e = assertThrows(ClientCheck.NotReady.class, check::introduce);
    assertTrue(String.valueOf(e.getMessage()).contains("no module named chat"), e.getMessage());
  }

  @Test
  void commandThatIsNotThere() {
    ClientCheck check = check(new ProcessAdapter(List.of("/no/such/command")));
    var e = assertThrows(ClientCheck.NotReady.class, check::introduce);
    assertTrue(String.valueOf(e.getMessage()).contains("/no/such/command"), e.getMessage());
  }

  /** What a script must lead to. */
  private interface Outcome {
    void of(String script) throws Exception;
  }

  /** Most of what they do is nothing. */
  private void sideBySide(Outcome outcome, String... scripts) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> played = new ArrayList<>();
      for (String script : scripts) {
        played.add(
            threads.submit(() -> {
              outcome.of(script);
              return null;
            }));
      }
      for (Future<?> each : played) {
        each.get();
      }
    }
    nothingIsLeft();
  }

  private Finding play(String script) throws InterruptedException {
    ClientCase one =
        ClientCases.ALL.stream()
            .filter(c -> c.address().equals("reconnect/connects-by-itself"))
            .findFirst()
            .orElseThrow();
    return check(script).play(List.of(one), Ready.NOTHING, f -> {}).getFirst();
  }

  /** The mark stands in the arguments of the shell and of nothing else. */
  private ClientCheck check(String script) {
    return check(new ProcessAdapter(List.of(SHELL.toString(), "-c", script, mark)));
  }

  private static ClientCheck check(ProcessAdapter adapter) {
    return new ClientCheck(
            adapter, new ClientCheck.Options(4, false, 500, "holdfast", "", 7), Progress.SILENT)
        .trustingTheMachine();
  }

  private void nothingIsLeft() {
    Awaitility.await("end of all that was started")
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> ProcessHandle.allProcesses().noneMatch(this::isOurs));
  }

  private boolean isOurs(ProcessHandle process) {
    try {
      Path folder = Path.of("/proc", Long.toString(process.pid()));
      String line = Files.readString(folder.resolve("cmdline"), ISO_8859_1);
      return process.isAlive() && (line.contains(mark) || line.matches("sleep\\x0060[0-3]\\x00"));
    } catch (IOException e) {
      return false;
    }
  }
}
