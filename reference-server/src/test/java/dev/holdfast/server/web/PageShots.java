package dev.holdfast.server.web;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.rollout.Rollout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pictures of the page in each state, for docs/images and for people to look at. */
@Tag("lab")
class PageShots {
  private static final Path IMAGES = Path.of("..", "docs", "images");
  private static final Path OTHERS = Path.of("target", "images");

  /** The pictures that docs/chat-page.md shows. */
  private static final Set<String> SHOWN =
      Set.of(
          "chat-answer-desktop-dark",
          "chat-disconnected-desktop-dark",
          "chat-failed-desktop-dark",
          "chat-http-desktop-light",
          "chat-tokens-phone-dark",
          "chat-together-desktop-light",
          "chat-tools-desktop-light",
          "chat-waiting-desktop-light",
          "chat-waiting-phone-light",
          "chat-welcome-phone-light");

  private static final String STORY =
      "#agent slow_ms=6000 tools=3 tokens=12\nCreate a story: after a restart the answer goes on"
          + " **where it stopped**, P1";

  private record Look(String name, int width, int height, ColorScheme scheme) {}

  @Test
  void takesThemAll() throws IOException {
    try (Chromium browser = Chromium.start()) {
      for (Look look :
          List.of(
              new Look("desktop-light", 1100, 720, ColorScheme.LIGHT),
              new Look("desktop-dark", 1100, 720, ColorScheme.DARK),
              new Look("phone-light", 375, 667, ColorScheme.LIGHT),
              new Look("phone-dark", 375, 667, ColorScheme.DARK))) {
        states(browser, look);
        together(browser, look);
      }
    }
  }

  private static void states(Chromium browser, Look look) throws IOException {
    ReferenceServer server = ReferenceServer.start(ServerOptions.builder().drainMs(50).build());
    try (var window = browser.window(look.width(), look.height(), look.scheme())) {
      Page page = window.newPage();
      page.navigate(
          server.httpUrl()
              + "/?reconnect_base_ms=3000&reconnect_max_attempts=2&recheck_ms=200"
              + "&heartbeat_interval_ms=1500");
      page.waitForSelector("#link[data-state=connected]");
      take(page, look, "welcome");
      say(page, STORY);
      page.waitForSelector(".tools li[data-state=running]");
      take(page, look, "tools");
      page.waitForSelector(".turn:last-child[data-state=answered]");
      take(page, look, "answer");
      say(page, "#agent slow_ms=3000 tools=1 tokens=60\nHow do you recover?");
      page.waitForSelector(".turn:last-child .text p");
      take(page, look, "tokens");
      page.waitForSelector(".turn:last-child[data-state=answered]");
      say(page, "#agent fail tools=2\nFail, please");
      page.waitForSelector(".turn:last-child .fault button");
      take(page, look, "failed");
      server.rollout().change(new Rollout(false, 0));
      page.waitForSelector("text=Connected over HTTP");
      say(page, "- said **over HTTP**\n- with a `list`");
      page.waitForSelector(".turn:last-child[data-state=answered]");
      take(page, look, "http");
      server.rollout().change(Rollout.EVERYBODY);
      page.waitForSelector("text=/Connected \\d+ ms/");
      server.close();
      page.waitForSelector("#link[data-state=reconnecting]");
      say(page, "Are you there?");
      say(page, "I can wait.");
      say(page, "This leaves when you are back.");
      page.waitForSelector("text=/in \\d s/");
      take(page, look, "waiting");
      page.waitForSelector(
          "#reconnect:not([hidden])", new Page.WaitForSelectorOptions().setTimeout(30_000));
      take(page, look, "disconnected");
    } finally {
      server.close();
    }
  }

  /** Two people in one session. */
  private static void together(Chromium browser, Look look) throws IOException {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build());
        var window = browser.window(look.width(), look.height(), look.scheme())) {
      String at = server.httpUrl() + "/?user_id=";
      Page ada = window.newPage();
      ada.navigate(at + "ada");
      ada.waitForSelector("#link[data-state=connected]");
      say(ada, "#agent tools=1 tokens=4\nCreate a P1 story for the release");
      ada.locator(".turn .text").waitFor();
      Page grace = window.newPage();
      grace.navigate(at + "grace");
      grace.locator(".turn .text").waitFor();
      say(grace, "#agent tools=0 tokens=4\nand an epic around it");
      ada.locator(".turn").nth(1).locator(".text").waitFor();
      ada.bringToFront();
      take(ada, look, "together");
    }
  }

  private static void say(Page page, String text) {
    page.locator("#box").fill(text);
    page.locator("#box").press("Enter");
  }

  private static void take(Page page, Look look, String state) {
    LockSupport.parkNanos(150_000_000L); // what is drawn next frame
    String name = "chat-" + state + "-" + look.name();
    Path folder = SHOWN.contains(name) ? IMAGES : OTHERS;
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
  }
}
