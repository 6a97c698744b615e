package dev.holdfast.report.format;

import java.util.List;

/** The formats that there are; to add one, write its file and add its line. */
public final class Formats {

  /** What a report directory holds. The machine's copy comes first: from it all can be redone. */
  public static final List<Format> FILES =
      List.of(
          new JsonFormat(),
          new JUnitFormat(),
          new MarkdownFormat(),
          new BadgeFormat(),
          new HtmlFormat());

  private Formats() {}
}
