package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.Direction;
import dev.holdfast.report.result.Exhibits;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadFault;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.RunReportBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Timeline;
import dev.holdfast.report.result.TraceLine;
import java.nio.charset.StandardCharsets;
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
  void singleFindingsAreFoldedAwaySoThatSixtyMakeNoLongPage() throws Exception {
    RunReportBuilder sixty = Sample.begin("x");
    IntStream.range(0, 60).forEach(i -> sixty.add(Sample.about("a/" + i).violated("x")));
    String html = page(sixty.build(Instant.EPOCH));

    int folded = html.indexOf("<details class=\"group singles\">");
    assertTrue(0 < folded && folded < html.indexOf("<li class=\"finding "));
    assertEquals(5, count(html, "<code class=\"address\">a/") - 60);
    assertTrue(html.contains("Then go through 55 more findings below."));
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

  /** More than anybody plays: each part alone would be too much for a page. */
  @Test
  void aPageThatWouldBeTooLargeShowsLessAndSaysSo() throws Exception {
    String html = page(Huge.report());

    assertTrue(html.getBytes(StandardCharsets.UTF_8).length < 5_000_000);
    assertTrue(html.contains("To stay below 5 MB this page shows"));
    assertTrue(html.contains("report.json and the folder evidence have all"));
    assertTrue(html.contains("scenario-0 did not hold"), "the worst comes first");
    assertBalanced(html);
    assertFalse(page(Sample.failing()).contains("To stay below 5 MB"));
  }

  @Test
  void aLongLoadIsDrawnFromItsLowestAndHighestAndSaysSo() throws Exception {
    List<LoadPoint> series =
        IntStream.rangeClosed(1, 90_000)
            .mapToObj(i -> new LoadPoint(i * 1_000L, 10, 5, 40, i == 44_444 ? 777_000 : 90_000))
            .toList();
    LoadResult load = new LoadResult("soak", 10, 90_000_000, 10, 0, 9, 9, 0, 0, List.of(), series);
    String html = page(Sample.begin("x").add(load).build(Instant.EPOCH));

    assertTrue(html.contains("Drawn from 90,000 points"));
    assertTrue(html.contains("<td>777</td>"), "the table has the highest of its stretch");
    assertTrue(html.length() < 200_000, () -> html.length() + " characters");
  }

  @Test
  void faultsAndTheirEchoAreShadedAndNamedApart() throws Exception {
    List<LoadPoint> series =
        List.of(
            new LoadPoint(1_000, 10, 5, 40_000, 90_000, 0, 0, 0, 10_000, 20_000),
            new LoadPoint(2_000, 10, 5, 40_000, 90_000, 0, 3, 0, 10_000, 20_000));
    LoadResult load =
        new LoadResult("storm", 10, 2_000, 10, 0, 9, 9, 0, 3, List.of(), series)
            .withFaults(List.of(new LoadFault("the server restarts", 700, 1_100)));
    String html = page(Sample.begin("x").add(load).build(Instant.EPOCH));

    assertTrue(html.contains("<span class=\"key struck\">the server restarts</span>"));
    assertTrue(html.contains("<span class=\"key shade\">clients reconnected</span>"));
    assertTrue(html.contains("<path class=\"band struck\" d=\"M350.0 0H550.0V100H350.0Z\">"));
    assertTrue(html.contains("; shaded where the server restarts"), "for who does not see it");
    assertTrue(html.contains("Time to the first frame, ms"));
  }

  /** Each chart has its name with the unit, words in its place, and its figures as a table. */
  @Test
  void whoDoesNotSeeAChartHasItsFigures() throws Exception {
    String html = page(Sample.failing());
    int charts = count(html, "<figure class=\"chart\">");

    assertTrue(charts >= 2);
    assertEquals(charts, count(html, "<summary>Figures<span class=\"sr\"> of "));
    assertEquals(charts, count(html, " aria-label=\"Figures of "));
    assertTrue(
        html.contains("aria-label=\"Time to an answer, ms, from 0 s to 10.0 s: slowest 1 %"));
    assertTrue(html.contains("<th scope=\"col\">Until</th><th scope=\"col\">slowest 1 %</th>"));
    assertTrue(html.contains("<th scope=\"row\">500 ms</th>"));
  }

  @Test
  void aTimelineSaysWhatItDoesNotDraw() throws Exception {
    var lane = new Timeline.Lane("ana", List.of(), List.of(), 1_380);
    var timeline = new Timeline(Stage.CHAOS, "a", "core", 5_000, List.of(), List.of(lane));
    RunReport report =
        Sample.begin("x")
            .add(Finding.about(Stage.CHAOS, "a", "Something holds.").pass())
            .exhibit(new Exhibits(List.of(), List.of(), List.of(timeline), List.of(), List.of()))
            .build(Instant.EPOCH);

    assertTrue(page(report).contains("<small>(1,380 shorter messages are not drawn)</small>"));
    assertTrue(page(report).contains("0 messages answered. 1,380 shorter messages are not drawn."));
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
