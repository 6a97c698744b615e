package dev.holdfast.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The page in a real browser, against a process that is killed with SIGKILL. */
@Tag("ci")
@Isolated("its browser needs the machine")
class ChatPageKilledTest {
  private static final Pattern CONNECTED = Pattern.compile("^Connected \\d+ ms$");

  @TempDir Path folder;

  private record Running(Process process, int port) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }
  }

  private Running start(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                StoredServer.class.getName(),
                Integer.toString(port),
                folder.resolve("sessions.db").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Running(process, Integer.parseInt(process.inputReader().readLine()));
  }

  @Test
  void aKillInMidAnswerShowsReconnectingThenTheRestWithNoWordTwice() throws Exception {
    try (Chromium browser = Chromium.start();
        Running first = start(0)) {
      Page page = browser.page();
      page.setDefaultTimeout(Chromium.PATIENCE_MS);
      page.navigate(
          "http://127.0.0.1:%d/?reconnect_base_ms=100&reconnect_cap_ms=200&reconnect_max_attempts=100"
              .formatted(first.port()));
      assertThat(page.locator("#link-text")).hasText(CONNECTED);
      page.locator("#box").fill("#agent slow_ms=4000 tools=0 tokens=60\nStay whole");
      page.locator("#box").press("Enter");
      Locator turn = page.locator(".turn").last();
      assertThat(turn.locator(".text")).containsText("Done:");

      first.kill();

      assertThat(page.locator("#link-text")).hasText(Pattern.compile("Reconnecting.*"));
      try (Running second = start(first.port())) {
        assertThat(page.locator("#link-text")).hasText(CONNECTED);
        turn.locator(".fault button").click();
        assertThat(turn.locator(".text")).containsText("and points.");
        assertThat(turn.locator(".status")).isHidden();
        String text = turn.locator(".text").innerText();
        assertEquals(60, text.split("\\s+", -1).length, text);
        assertEquals(first.port(), second.port());
      }
    }
  }
}
