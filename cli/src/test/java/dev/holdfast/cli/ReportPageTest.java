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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in Chromium. {@code -Dscreenshots=BUNDLE} takes those of docs/images anew, of a bundle
 * that a whole gate left behind.
 */
@Isolated("its times count")
@Tag("lab")
class ReportPageTest {
  private static final int DESKTOP_HEIGHT = 1400;
  private static final long MOST_BYTES = 5_000_000;

  private static @Nullable Chromium chromium;
  private static Path page = Path.of("");

  @BeforeAll
  static void open() {
    chromium = Chromium.start();
    String shown = System.getProperty("screenshots");
    page = (shown == null ? QuickGate.played().bundle() : Path.of(shown)).resolve("index.html");
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  private static BrowserContext context(int width, ColorScheme colours, boolean bypassCsp) {
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
    "1200, LIGHT, report",
    "1200, DARK, report-dark",
    "390, LIGHT, report-phone",
    "390, DARK, report-phone-dark"
  })
  void standsOnItsOwnAndFits(int width, ColorScheme colours, String name) {
    List<String> complaints = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    try (BrowserContext context = context(width, colours, false)) {
      Page tab = context.newPage();
      tab.onConsoleMessage(m -> complaints.add(m.type() + " " + m.text()));
      tab.onPageError(complaints::add);
      tab.onRequest(r -> asked.add(r.url()));
      tab.navigate(page.toUri().toString());

      assertEquals(List.of(), complaints);
      assertEquals(1, asked.size(), asked::toString);
      assertTrue(
          (Boolean) tab.evaluate("document.documentElement.scrollWidth <= innerWidth"),
          "it is wider than the screen");
      shoot(tab, name);
    }
  }

  private static void shoot(Page tab, String name) {
    if (System.getProperty("screenshots") != null) {
      Path images = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("images");
      tab.screenshot(new Page.ScreenshotOptions().setPath(images.resolve(name + ".png")));
    }
  }

  @ParameterizedTest
  @CsvSource({"1200, LIGHT", "1200, DARK", "390, LIGHT"})
  void axeFindsNothingSerious(int width, ColorScheme colours) {
    try (BrowserContext context = context(width, colours, true)) {
      Page tab = context.newPage();
      tab.navigate(page.toUri().toString());
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
      tab.navigate(page.toUri().toString());
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
  void paperGetsWhatCountsWithoutWhatIsForClicking() {
    try (BrowserContext context = context(1200, ColorScheme.DARK, false)) {
      Page tab = context.newPage();
      tab.navigate(page.toUri().toString());
      tab.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertTrue(tab.locator("h1").isVisible() && tab.locator(".matrix").isVisible());
      assertTrue(!tab.locator("nav").isVisible());
      assertEquals(
          "rgb(255, 255, 255)", tab.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
  }

  @Test
  void itStaysUnderFiveMegabytes() throws Exception {
    assertTrue(Files.size(page) < MOST_BYTES, () -> page.toFile().length() + " bytes");
  }
}
