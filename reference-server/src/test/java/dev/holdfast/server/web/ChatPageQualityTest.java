package dev.holdfast.server.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.ScriptedAgent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;

/** Whether everybody can use the page, and whether it stays quick when there is much on it. */
@Isolated("its times count")
@Tag("lab")
@Execution(ExecutionMode.SAME_THREAD)
class ChatPageQualityTest {
  private static final int TRIES = 3;
  private static Chromium browser;
  private static ReferenceServer server;

  @BeforeAll
  static void open() throws IOException {
    browser = Chromium.start();
    server = ReferenceServer.start(ServerOptions.builder().agent(ScriptedAgent.instant()).build());
  }

  @AfterAll
  static void shut() {
    if (browser != null) {
      browser.close();
      server.close();
    }
  }

  @Test
  void axeFindsNothingSerious() throws IOException {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (BrowserContext window = browser.window(1100, 760, scheme)) {
        Page page = window.newPage();
        page.navigate(server.httpUrl());
        assertEquals(List.of(), serious(page), scheme + ", welcome");
        say(page, "#agent tools=2\nCreate a story about **trains**, P1");
        say(page, "#agent fail\nFail");
        assertThat(page.locator(".turn").last().locator(".fault button")).isVisible();
        assertEquals(List.of(), serious(page), scheme + ", conversation");
      }
    }
  }

  private static Object serious(Page page) throws IOException {
    page.evaluate(axe());
    return page.evaluate(
        "async () => (await axe.run()).violations"
            + ".filter(v => ['serious', 'critical'].includes(v.impact))"
            + ".map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' '))");
  }

  private static String axe() throws IOException {
    Properties pom = new Properties();
    try (InputStream in = resource("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
      pom.load(in);
    }
    String at = "META-INF/resources/webjars/axe-core/" + pom.getProperty("version");
    try (InputStream in = resource(at + "/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    ClassLoader loader = ChatPageQualityTest.class.getClassLoader();
    return Objects.requireNonNull(loader.getResourceAsStream(name), name);
  }

  @Test
  void aThousandMessagesAndFiftyTokensASecondLeaveNoLongTask() {
    try (BrowserContext window = browser.window(1100, 760, ColorScheme.LIGHT)) {
      Page page = window.newPage();
      page.navigate(server.httpUrl());
      assertThat(page.locator("#link-text")).hasText(Pattern.compile("Connected .*"));
      for (int i = 1; i <= 100; i++) {
        page.evaluate(
            "() => { const box = document.getElementById('box');"
                + " for (let i = 0; i < 10; i++) { box.value = 'message ' + i;"
                + " document.getElementById('composer').requestSubmit(); } }");
        page.waitForFunction(
            "n => document.querySelectorAll('.turn[data-state=answered]').length >= n", i * 10);
      }
      int worst = Integer.MAX_VALUE; // ms; shorter tasks than 50 are not reported at all
      for (int i = 0; i < TRIES && worst > 50; i++) {
        worst = Math.min(worst, (int) worstTaskWhileStreaming(page));
      }
      int best = worst;
      assertTrue(best <= 50, () -> "a task took " + best + " ms, at best of " + TRIES);
    }
  }

  /** A slower machine's other work shows as long tasks too, but not in each of several tries. */
  private static Object worstTaskWhileStreaming(Page page) {
    page.evaluate(
        "() => { window.worst = 0; window.watch?.disconnect();"
            + " window.watch = new PerformanceObserver(list => list.getEntries()"
            + ".forEach(e => window.worst = Math.max(window.worst, Math.floor(e.duration))));"
            + " window.watch.observe({ entryTypes: ['longtask'] }); }");
    say(page, "#agent slow_ms=4000 tools=0 tokens=200\nfifty a second");
    assertThat(page.locator(".turn").last()).hasAttribute("data-state", "answered");
    Object shown = page.evaluate("document.querySelectorAll('.turn').length");
    assertTrue((int) shown > 1_000, () -> shown + " turns");
    return page.evaluate("window.worst");
  }

  private static void say(Page page, String text) {
    page.locator("#box").fill(text);
    page.locator("#box").press("Enter");
  }
}
