package dev.holdfast.report.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.picture.Lanes.Lane;
import dev.holdfast.report.picture.Lanes.Point;
import dev.holdfast.report.picture.Lanes.Stretch;
import dev.holdfast.report.picture.Sequence.Arrow;
import dev.holdfast.report.picture.Sequence.Band;
import dev.holdfast.report.picture.Sequence.Note;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Pictures are well-formed, need nothing beside them, and show what they were given. */
class PicturesTest {
  private static final String HOSTILE = "</text><script>alert(1)</script>&\u0000\ud800";

  @Test
  void sequenceShowsFramesLossesAndFaults() throws Exception {
    String svg = SequenceSvg.of(sequence("message", 2));
    wellFormed(svg);
    assertTrue(svg.contains(">message<"), svg);
    assertTrue(svg.contains("class=\"band\""), svg);
    assertTrue(svg.contains("arrow lost"), svg);
    assertTrue(svg.contains("prefers-color-scheme:dark"), svg);
  }

  @Test
  void longSilenceIsLeftOutAndSaid() {
    List<Arrow> pings = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      pings.add(new Arrow(i, 0, i + 0.5, 1, "ping", false, true));
    }
    String svg =
        SequenceSvg.of(new Sequence("t", List.of("a", "b"), pings, List.of(), List.of(), "end"));
    assertTrue(svg.contains("48 pings and pongs left out"), svg);
  }

  @Test
  void peopleFaultsQueueAndLatencyAreDrawn() throws Exception {
    Lanes lanes =
        new Lanes(
            "three",
            1_000,
            List.of(new Lane("ana", List.of(new Stretch(0, 400, "connected")), List.of(5.0))),
            List.of(new Band(100, 300, "half_open")),
            List.of(new Point(0, 0), new Point(200, 7)),
            List.of());
    String svg = LanesSvg.of(lanes);
    wellFormed(svg);
    for (String shown : List.of(">ana<", ">half open<", ">queue<", ">7<", "nothing measured")) {
      assertTrue(svg.contains(shown), shown + " in " + svg);
    }
  }

  @Test
  void nothingGetsOutOfItsText() throws Exception {
    String svg = SequenceSvg.of(sequence(HOSTILE, 2));
    wellFormed(svg);
    assertFalse(svg.contains("<script"), svg);
  }

  @Test
  void emptyStoryIsAPictureStill() throws Exception {
    wellFormed(LanesSvg.of(new Lanes("", 0, List.of(), List.of(), List.of(), List.of())));
    wellFormed(SequenceSvg.of(new Sequence("", List.of("a"), List.of(), List.of(), List.of(), "")));
  }

  private static Sequence sequence(String text, int lanes) {
    assertEquals(2, lanes);
    return new Sequence(
        text,
        List.of("ana", "server"),
        List.of(
            new Arrow(1, 0, 2, 1, text, false, false), new Arrow(3, 1, 3, 0, text, true, false)),
        List.of(new Note(2, 1, text, true)),
        List.of(new Band(1, 3, text)),
        text);
  }

  private static void wellFormed(String svg) throws Exception {
    var unused =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
  }
}
