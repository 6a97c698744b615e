package dev.holdfast.cli.serve;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.web.Chromium;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody presses a fault on the live view and watches the conversation recover. */
@Tag("ci")
class InspectPageTest {
  private static final Pattern CONNECTED = Pattern.compile("^Connected \\d+ ms$");
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  @TempDir Path folder;

  @Test
  void aCutAndASlowLinkAreSeenOnBothPages() throws Exception {
    try (Chromium chromium = Chromium.start();
        FaultButtons buttons = FaultButtons.start();
        ReferenceServer server =
            ReferenceServer.start(
                ServerOptions.builder().auditDirectory(folder).inspection(buttons).build())) {
      int port = buttons.listen("127.0.0.1", 0, server.port());
      try (BrowserContext window = chromium.window(1100, 860, ColorScheme.LIGHT)) {
        Page inspect = open(window, server.httpUrl() + "/inspect");
        Page chat = open(window, "http://127.0.0.1:" + port + "/?session_id=watched");
        assertThat(chat.locator("#link-text")).hasText(CONNECTED);
        assertThat(inspect.locator("#sessions")).containsText("watched");

        chat.locator("#box").fill("#agent slow_ms=4000 tools=1 tokens=40\nStay whole");
        chat.locator("#box").press("Enter");
        assertThat(chat.locator(".turn .text")).containsText("Done:");
        assertThat(inspect.locator("#runs")).containsText("watched");
        button(inspect, "cut").click();
        assertThat(chat.locator(".turn .text")).containsText("and points.");
        assertEquals(1, chat.locator(".turn .text").innerText().split("Done:", -1).length - 1);
        assertThat(inspect.locator("#audit")).containsText("resume");

        button(inspect, "slow").click();
        assertThat(button(inspect, "slow")).hasAttribute("aria-pressed", "true");
        picture(inspect);
        button(inspect, "slow").click();
        assertThat(button(inspect, "slow")).hasAttribute("aria-pressed", "false");
      }
    }
    assertEquals(List.of(), complaints);
  }

  private Page open(BrowserContext window, String url) {
    Page page = window.newPage();
    page.onPageError(complaints::add);
    page.navigate(url);
    return page;
  }

  private static Locator button(Page inspect, String name) {
    return inspect
        .locator("#faults button")
        .filter(new Locator.FilterOptions().setHasText(Pattern.compile("^" + name)));
  }

  /** With {@code -Dscreenshots=FOLDER} what a person sees is kept there. */
  private static void picture(Page inspect) {
    String shown = System.getProperty("screenshots");
    if (shown != null) {
      inspect.screenshot(new Page.ScreenshotOptions().setPath(Path.of(shown, "inspect.png")));
    }
  }
}
