package dev.holdfast.report.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.Sample;
import dev.holdfast.report.result.ExitCode;
import dev.holdfast.report.result.RunReport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class BadgeFormatTest {

  private static RunReport partial() {
    return Sample.begin("x")
        .cutShort(ExitCode.INTERRUPTED, "interrupted by Ctrl-C")
        .build(Instant.EPOCH);
  }

  @Test
  void eachVerdictHasItsWordAndItsColour() throws Exception {
    shows(Sample.passing(), "pass", "#1b7a43");
    shows(Sample.failing(), "fail", "#c0282d");
    shows(partial(), "partial, inconclusive", "#5a4fc4");
  }

  /** Well formed, without anything from elsewhere, and as wide as its two halves. */
  private static void shows(RunReport report, String word, String colour) throws Exception {
    String text = Hostile.written(new BadgeFormat(), report);
    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertEquals("holdfast: " + word, svg.getAttribute("aria-label"));
    assertEquals(word, svg.getElementsByTagName("text").item(1).getTextContent());
    Element left = (Element) svg.getElementsByTagName("rect").item(1);
    Element right = (Element) svg.getElementsByTagName("rect").item(2);
    assertEquals(colour, right.getAttribute("fill"));
    assertEquals(number(svg, "width"), number(left, "width") + number(right, "width"));
    assertEquals(number(left, "width"), number(right, "x"));
    assertTrue(word.length() * 6 < number(right, "width"), "the word fits");
    assertTrue(!text.contains("href") && !text.contains("<script"));
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }
}
