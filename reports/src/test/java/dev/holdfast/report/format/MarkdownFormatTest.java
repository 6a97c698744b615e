package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import org.junit.jupiter.api.Test;

class MarkdownFormatTest {

  @Test
  void startsWithTheVerdictAndItsReason() throws Exception {
    String md = Hostile.written(new MarkdownFormat(), Sample.failing());

    assertTrue(md.startsWith("## ❌ Holdfast: FAIL\n\nsession/stale-close-is-harmless: "), md);
    assertTrue(md.contains("| Chaos | 1 failed · 1 inconclusive · 3 passed |"), md);
    assertTrue(md.contains("over budget: answer\\_p95\\_ms"), md);
  }

  @Test
  void detailsAreGivenForWhatWantsAttentionOnly() throws Exception {
    String failing = Hostile.written(new MarkdownFormat(), Sample.failing());
    String passing = Hostile.written(new MarkdownFormat(), Sample.passing());

    assertEquals(6, failing.split("<details>", -1).length);
    assertFalse(passing.contains("<details>"));
    assertTrue(passing.contains("Go ahead"));
  }

  @Test
  void hostileTextIsNoMarkup() throws Exception {
    String md = Hostile.written(new MarkdownFormat(), Hostile.report());
    String outsideFences = md.replaceAll("(?s)````text\n.*?\n````\n", "");

    assertFalse(outsideFences.contains("<img"), outsideFences);
    assertFalse(outsideFences.contains("\n# heading"), outsideFences);
    assertFalse(outsideFences.contains("```"), outsideFences);
    assertFalse(outsideFences.contains("</script>"), outsideFences);
    assertFalse(md.contains("\u202e"), md);
  }

  @Test
  void aCellStaysACell() {
    assertEquals("a&#124;b &#96;c&#96; \\#1 \\*x\\*", Markdown.text("a|b\n`c` #1 *x*"));
    assertEquals("<code>a&#124;b</code>", Markdown.code("a|b"));
  }
}
