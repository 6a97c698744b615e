package dev.holdfast.scenarios.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command that says who is in, as a shell's loop. */
class CommandTransportsTest {
  private static final String ODD_USERS =
      "while read user session; do case $user in *[13579]) echo websocket;; *) echo http;; esac; done";
  private static final int USERS = 1_000;
  private static final long LONG_MS = 600_000;

  @BeforeEach
  void hasShell() {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "SKIPPED: no /bin/sh");
  }

  private static CommandTransports saying(String loop, long patienceMs) throws IOException {
    return CommandTransports.start(List.of("/bin/sh", "-c", loop), patienceMs);
  }

  private static String complaint(String loop, long patienceMs) throws IOException {
    try (CommandTransports command = saying(loop, patienceMs)) {
      return String.valueOf(
          assertThrows(IOException.class, () -> command.websocket("u", "s")).getMessage());
    }
  }

  @Test
  void oneProcessAnswersForAll() throws Exception {
    try (CommandTransports command = saying(ODD_USERS, LONG_MS)) {
      assertTrue(command.websocket("user-1", "a"));
      assertFalse(command.websocket("user-2", "a"));
      assertEquals(USERS / 2, new Census("user", USERS).take(command, "a").cardinality());
    }
  }

  @Test
  void aCommandThatHangsOnTheSessionIsFound() throws Exception {
    String loop = "while read u s; do case $s in a-1*) echo websocket;; *) echo http;; esac; done";
    try (CommandTransports command = saying(loop, LONG_MS)) {
      RolloutCheck check = new RolloutCheck(new Census("user", USERS));
      RolloutCheck.Result result = check.judge(check.asIs(RolloutCheck.UNSAID, command));
      assertTrue(String.valueOf(result.session()).contains("in another session"));
      assertTrue(result.shares().isEmpty());
    }
  }

  @Test
  void whatGoesWrongIsSaid() throws Exception {
    assertTrue(complaint("while read u s; do echo yes; done", LONG_MS).contains("said 'yes'"));
    assertTrue(complaint("cat >/dev/null", 300).contains("has to flush"));
    assertTrue(complaint("exit 3", LONG_MS).matches("(?s).*(ended|no more questions).*"));
    assertThrows(
        IOException.class, () -> CommandTransports.start(List.of("/nowhere/who-is-in"), 300));
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    CommandTransports command = saying("trap '' TERM; read u s; echo http; sleep 600", LONG_MS);
    assertFalse(command.websocket("u", "s"));
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    command.close();
    Awaitility.await()
        .until(() ->
            children.stream()
                .filter(ProcessHandle::isAlive)
                .noneMatch(p -> p.info().commandLine().orElse("").contains("trap '' TERM")));
  }
}
