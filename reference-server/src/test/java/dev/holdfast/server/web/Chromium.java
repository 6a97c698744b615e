package dev.holdfast.server.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** This machine's Chromium, driven by Playwright; one process for a class of tests. */
public final class Chromium implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** A busy machine is slow, not wrong. */
  static final int PATIENCE_MS = 20_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path chromium) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new LaunchOptions().setExecutablePath(chromium).setArgs(FLAGS));
  }

  /** Starts one; where there is no Chromium the test is skipped, or fails if tools are required. */
  public static Chromium start() {
    String named = System.getenv("HOLDFAST_CHROMIUM");
    Path chromium = Path.of(named == null ? "/usr/bin/chromium" : named);
    boolean there = Files.isExecutable(chromium);
    String missing = "no Chromium at " + chromium + "; set HOLDFAST_CHROMIUM";
    if (!there && Boolean.parseBoolean(System.getenv("HOLDFAST_REQUIRE_TOOLS"))) {
      throw new IllegalStateException(missing);
    }
    if (!there) {
      System.err.println("SKIPPED: " + missing);
    }
    Assumptions.assumeTrue(there, missing);
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
    return new Chromium(chromium);
  }

  /** A window of its own, which shares nothing with others. */
  public BrowserContext window(int width, int height, ColorScheme scheme) {
    return window(
        new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(scheme));
  }

  /** The same, set up as its user wants it. */
  public BrowserContext window(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  Page page() {
    return window(1100, 760, ColorScheme.LIGHT).newPage();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
