package dev.holdfast.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.wire.Http;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Tabs of one person, other people, and an agent that speaks first. */
@Tag("ci")
@Isolated("its browser needs the machine")
class ChatTogetherTest {
  private static final Pattern CONNECTED = Pattern.compile("Connected \\d+ ms");
  private static Chromium browser;
  private static ReferenceServer server;

  @BeforeAll
  static void open() throws IOException {
    boolean together = ServerConfig.STANDARD.capabilities().contains("sync");
    Assumptions.assumeTrue(together, "this server has no sync, presence and push yet");
    browser = Chromium.start();
    server = ReferenceServer.start(ServerOptions.builder().build());
  }

  @AfterAll
  static void shut() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @Test
  void twoTabsStayInStepAndSeeEachOther() {
    try (BrowserContext window = browser.window(1100, 760, ColorScheme.LIGHT)) {
      Page first = tab(window, "?user_id=ada");
      say(first, "from the first");
      assertThat(first.locator(".turn .text")).hasText("Done: \"from the first\".");
      Page second = tab(window, "?user_id=grace");
      assertThat(second.locator(".turn .text")).hasText("Done: \"from the first\".");
      say(second, "from the second");
      for (Page page : new Page[] {first, second}) {
        assertThat(page.locator(".turn .words").last()).hasText("from the second");
        assertThat(page.locator(".turn .text").last()).hasText("Done: \"from the second\".");
        assertThat(page.locator(".turn")).hasCount(2);
        assertThat(page.locator("#people")).hasText("ada, grace are here");
      }
      second.close();
      assertThat(first.locator("#people")).isHidden();
    }
  }

  @Test
  void aPushIsATurnOfTheAgentsOwn() {
    try (BrowserContext window = browser.window(1100, 760, ColorScheme.LIGHT)) {
      Page page = tab(window, "?session_id=pushed");
      Http.post(
          server,
          "/api/sessions/pushed/push",
          "{\"message\":\"The build is green\",\"id\":\"p1\"}");
      assertThat(page.locator(".turn .text")).containsText("The build is green");
      assertThat(page.locator(".turn .words")).hasCount(0);
    }
  }

  private static Page tab(BrowserContext window, String query) {
    Page page = window.newPage();
    page.navigate(server.httpUrl() + "/" + query);
    assertThat(page.locator("#link-text")).hasText(CONNECTED);
    return page;
  }

  private static void say(Page page, String text) {
    page.locator("#box").fill(text);
    page.locator("#box").press("Enter");
  }
}
