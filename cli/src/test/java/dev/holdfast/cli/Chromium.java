package dev.holdfast.cli;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** The Chromium of this machine, driven by Playwright. */
public final class Chromium implements AutoCloseable {
  private static final double PATIENCE_MS = 20_000;

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
  }

  /** Starts it; where there is none the test is skipped, or fails if tools are required. */
  public static Chromium start() {
    Path path =
        Path.of(
            Objects.requireNonNullElse(System.getenv("HOLDFAST_CHROMIUM"), "/usr/bin/chromium"));
    boolean there = Files.isExecutable(path);
    String missing = "no Chromium at " + path + "; set HOLDFAST_CHROMIUM";
    if (!there && Boolean.parseBoolean(System.getenv("HOLDFAST_REQUIRE_TOOLS"))) {
      throw new IllegalStateException(missing);
    }
    if (!there) {
      System.err.println("SKIPPED: " + missing);
    }
    Assumptions.assumeTrue(there, missing);
    return new Chromium(path);
  }

  /** A window that shares nothing with others. */
  public BrowserContext window(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  @Override
  public void close() {
    playwright.close();
  }
}
