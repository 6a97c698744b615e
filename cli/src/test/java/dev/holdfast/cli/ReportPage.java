package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import dev.holdfast.server.web.Chromium;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A report's page in Chromium. {@code -Dscreenshots=write} takes those of docs/images anew, and
 * {@code -Dscreenshots=BUNDLE} the passing ones of a bundle that a whole gate left behind.
 */
abstract class ReportPage {
  private static final int DESKTOP_HEIGHT = 1400;
  private static final long MOST_BYTES = 5_000_000;

  private static @Nullable Chromium chromium;

  /** The page to look at. */
  abstract Path page();

  /** What pictures of it are called; null where none are kept. */
  abstract @Nullable String pictures();

  @BeforeAll
  static void open() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  static BrowserContext context(int width, ColorScheme colours, boolean bypassCsp) {
    return Objects.requireNonNull(chromium)
        .window(
            new Browser.NewContextOptions()
                .setViewportSize(width, width < 600 ? 844 : DESKTOP_HEIGHT)
                .setDeviceScaleFactor(width < 600 ? 2 : 1)
                .setColorScheme(colours)
                .setBypassCSP(bypassCsp));
  }

  @ParameterizedTest
  @CsvSource({
    "1200, LIGHT, ''",
    "1200, DARK, -dark",
    "390, LIGHT, -phone",
    "390, DARK, -phone-dark"
  })
  void standsOnItsOwnAndFits(int width, ColorScheme colours, String look) {
    List<String> complaints = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    try (BrowserContext context = context(width, colours, false)) {
      Page tab = context.newPage();
      tab.onConsoleMessage(m -> complaints.add(m.type() + " " + m.text()));
      tab.onPageError(complaints::add);
      tab.onRequest(r -> asked.add(r.url()));
      tab.navigate(page().toUri().toString());

      assertEquals(List.of(), complaints);
      assertEquals(1, asked.size(), asked::toString);
      assertTrue(
          (Boolean) tab.evaluate("document.documentElement.scrollWidth <= innerWidth"),
          "it is wider than the screen");
      shoot(tab, look);
    }
  }

  private void shoot(Page tab, String look) {
    if (System.getProperty("screenshots") != null && pictures() != null) {
      Path images = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("images");
      Path picture = images.resolve(pictures() + look + ".png");
      tab.screenshot(new Page.ScreenshotOptions().setPath(picture));
    }
  }

  @ParameterizedTest
  @CsvSource({"1200, LIGHT", "1200, DARK", "390, LIGHT", "390, DARK"})
  void axeFindsNothingSerious(int width, ColorScheme colours) {
    try (BrowserContext context = context(width, colours, true)) {
      Page tab = context.newPage();
      tab.navigate(page().toUri().toString());
      tab.evaluate("document.querySelectorAll('details').forEach((d, i) => d.open = i < 12)");

      List<String> serious =
          new AxeBuilder(tab)
              .analyze().getViolations().stream()
                  .filter(v -> List.of("serious", "critical").contains(v.getImpact()))
                  .map(v -> v.getId() + ": " + v.getNodes().getFirst().getHtml())
                  .toList();
      assertEquals(List.of(), serious);
    }
  }

  @Test
  void theKeyboardReachesTheSkipLinkTheSectionsAndOpensDetails() {
    try (BrowserContext context = context(1200, ColorScheme.LIGHT, false)) {
      Page tab = context.newPage();
      tab.navigate(page().toUri().toString());
      tab.keyboard().press("Tab");
      assertEquals("Skip to the findings", tab.evaluate("document.activeElement.textContent"));
      tab.keyboard().press("Tab");
      assertEquals("A", tab.evaluate("document.activeElement.tagName"));
      tab.locator("details.group > summary").first().focus();
      tab.keyboard().press("Enter");
      assertTrue((Boolean) tab.evaluate("document.querySelector('details.group').open"));
    }
  }

  @Test
  void theKeyboardOpensAChartsFigures() {
    try (BrowserContext context = context(390, ColorScheme.LIGHT, false)) {
      Page tab = context.newPage();
      tab.navigate(page().toUri().toString());
      int charts = tab.locator("figure.chart").count();
      assertEquals(charts, tab.locator("figure.chart svg[role=img][aria-label]").count());
      assertTrue(charts > 2);
      tab.locator("details.figures > summary").first().focus();
      tab.keyboard().press("Enter");
      assertTrue(tab.locator("details.figures table").first().isVisible());
      assertTrue(tab.locator("details.figures tbody tr").count() > 2);
    }
  }

  @Test
  void paperGetsWhatCountsWithoutWhatIsForClicking() {
    try (BrowserContext context = context(1200, ColorScheme.DARK, false)) {
      Page tab = context.newPage();
      tab.navigate(page().toUri().toString());
      tab.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertTrue(tab.locator("h1").isVisible() && tab.locator(".matrix").isVisible());
      assertTrue(!tab.locator("nav").isVisible());
      assertEquals(
          "rgb(255, 255, 255)", tab.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
  }

  @Test
  void itStaysUnderFiveMegabytes() throws Exception {
    assertTrue(Files.size(page()) < MOST_BYTES, () -> page().toFile().length() + " bytes");
  }
}
