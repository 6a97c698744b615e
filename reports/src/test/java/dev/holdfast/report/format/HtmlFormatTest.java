package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.TraceLine;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlFormatTest {
  private static final Set<String> VOID = Set.of("meta", "!doctype");

  @Test
  void theVerdictComesFirstThenWhatToDoThenTheFindings() throws Exception {
    String html = page(Sample.failing());

    int verdict = html.indexOf("<h1");
    int next = html.indexOf("What to do next</h2>");
    int finding = html.indexOf("class=\"findings\"");
    assertTrue(0 < verdict && verdict < next && next < finding);
    assertEquals(1, count(html, "<h1"));
  }

  @Test
  void everyFindingIsThereWithItsRequirement() throws Exception {
    RunReport report = Sample.failing();
    String html = page(report);

    assertEquals(report.findings().size(), count(html, "<li class=\"finding "));
    report
        .findings()
        .forEach(f -> assertTrue(html.contains(escaped(f.requirement())), f.address()));
  }

  @Test
  void whatWantsAttentionLiesOpen() throws Exception {
    assertEquals(5, count(page(Sample.failing()), "<details open>"));
    assertEquals(0, count(page(Sample.passing()), "<details open>"));
  }

  @Test
  void needsNothingFromAnywhere() throws Exception {
    String html = page(Sample.failing());

    assertTrue(html.contains("default-src 'none'; style-src 'unsafe-inline'"));
    assertFalse(html.contains("<script"));
    assertFalse(
        Pattern.compile("<(img|link|iframe|object)\\b|@import|url\\(").matcher(html).find());
    assertFalse(html.contains("https://"));
  }

  @Test
  void hostileTextStaysText() throws Exception {
    String html = page(Hostile.report());
    String afterStyle = html.substring(html.indexOf("</style>") + 8);

    assertFalse(html.contains("<img"), "a tag got through");
    assertFalse(afterStyle.contains("</style>") || html.contains("</script>"));
    assertFalse(html.contains("\u202e") || html.contains("\u001b") || html.contains("\u0000"));
    assertTrue(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assertTrue(html.contains("${7*7}"), "text is no template");
    String withoutValues = html.replaceAll("=\"[^\"]*\"", "");
    assertFalse(Pattern.compile("<[^>]*\\sonerror=").matcher(withoutValues).find());
  }

  @Test
  void tagsAreBalancedAndIdsAreUnique() throws Exception {
    RunReport twoLoads =
        Sample.begin("x").add(Sample.load(0)).add(Sample.load(1)).build(Instant.EPOCH);
    for (RunReport report :
        List.of(Sample.failing(), Sample.passing(), Hostile.report(), twoLoads)) {
      String html = page(report);
      assertBalanced(html);
      List<String> ids =
          Pattern.compile(" id=\"([^\"]+)\"").matcher(html).results().map(r -> r.group(1)).toList();
      assertEquals(ids.size(), new HashSet<>(ids).size(), ids.toString());
      linkTargets(html).forEach(id -> assertTrue(ids.contains(id), id));
    }
  }

  @Test
  void aLongTraceIsThinnedAndSaysSo() throws Exception {
    List<TraceLine> frames =
        IntStream.range(0, 5_000)
            .mapToObj(i -> new TraceLine(i, "a", Direction.RECEIVED, "frame " + i))
            .toList();
    RunReport report =
        Sample.begin("x").add(Sample.about("a").trace(frames).violated("x")).build(Instant.EPOCH);

    String html = page(report);

    assertTrue(html.contains("The first and last 60 of 5,000 lines; report.json has all."));
    assertTrue(html.contains("frame 59<") && html.contains("frame 4940<"));
    assertFalse(html.contains("frame 60<") || html.contains("frame 4939<"));
  }

  @Test
  void aRunWithoutFindingsStillHasAPage() throws Exception {
    String html = page(Sample.begin("x").build(Instant.EPOCH));

    assertTrue(html.contains("nothing was run that applies to the target"));
    assertBalanced(html);
  }

  private static String page(RunReport report) throws Exception {
    return Hostile.written(new HtmlFormat(), report);
  }

  private static List<String> linkTargets(String html) {
    return Pattern.compile("(?:href=\"#|aria-labelledby=\")([^\"]+)\"")
        .matcher(html)
        .results()
        .map(r -> r.group(1))
        .toList();
  }

  /** Every element that opens is closed, in the order in which they nest. */
  private static void assertBalanced(String html) {
    java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();
    String body = html.replaceAll("(?s)<style>.*?</style>", "");
    for (MatchResult tag :
        Pattern.compile("<(/?)([a-z!][a-z0-9]*)[^>]*>").matcher(body).results().toList()) {
      String name = tag.group(2);
      if (!tag.group(1).isEmpty()) {
        assertEquals(open.pop(), name);
      } else if (!VOID.contains(name)) {
        open.push(name);
      }
    }
    assertTrue(open.isEmpty(), open.toString());
  }

  private static int count(String html, String what) {
    return html.split(Pattern.quote(what), -1).length - 1;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
