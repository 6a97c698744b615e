package dev.holdfast.load;

import dev.holdfast.report.result.GatlingSummary;
import dev.holdfast.report.result.GatlingSummary.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the table of Gatling's own report; its page is the only place where Gatling writes it down
 * for others. Columns are found by their headings, as {@code gatling.conf} orders the percentiles.
 */
final class GatlingPage {
  private static final Pattern HEADING =
      Pattern.compile("id=\"(col-[0-9]+)\"[^>]*><span>([^<]+)</span>");
  private static final Pattern NAME = Pattern.compile("class=\"ellipsed-name\">([^<]*)</span>");
  private static final String NOTHING_COUNTED = "-";

  /** The page is not what it was when this was written; the message says how. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  private final Path index;
  private final String html;
  private final Map<String, String> columns = new HashMap<>();

  private GatlingPage(Path index) throws IOException {
    this.index = index;
    html = Files.readString(index);
    Matcher heading = HEADING.matcher(html);
    while (heading.find()) {
      columns.put(heading.group(2), heading.group(1));
    }
  }

  /**
   * The summary of a page.
   *
   * @param link how the page is reached from where the summary is shown
   * @throws Unreadable if a column or a cell is not there: a figure left out would look like a zero
   */
  static GatlingSummary read(Path index, String link) throws IOException, Unreadable {
    return new GatlingSummary(link, new GatlingPage(index).rows());
  }

  private List<Row> rows() throws Unreadable {
    List<Row> rows = new ArrayList<>();
    Matcher name = NAME.matcher(html);
    while (name.find()) {
      int end = html.indexOf("</tr>", name.end());
      if (end < 0) {
        throw unreadable("the row " + name.group(1) + " does not end");
      }
      rows.add(row(name.group(1), html.substring(name.end(), end)));
    }
    if (rows.isEmpty()) {
      throw unreadable("there is no row");
    }
    return rows;
  }

  private Row row(String request, String cells) throws Unreadable {
    return new Row(
        request,
        cell(request, cells, "OK"),
        cell(request, cells, "KO"),
        cell(request, cells, "50th pct"),
        cell(request, cells, "95th pct"),
        cell(request, cells, "99th pct"),
        cell(request, cells, "Max"));
  }

  private long cell(String request, String cells, String heading) throws Unreadable {
    String column = columns.get(heading);
    if (column == null) {
      throw unreadable("no column is headed " + heading);
    }
    Matcher cell = Pattern.compile(column + "\">([0-9,]+|-)<").matcher(cells);
    if (!cell.find()) {
      throw unreadable(String.format(Locale.ROOT, "%s has no %s", request, heading));
    }
    String text = cell.group(1);
    return text.equals(NOTHING_COUNTED) ? 0 : Long.parseLong(text.replace(",", ""));
  }

  private Unreadable unreadable(String why) {
    return new Unreadable(index.getFileName() + ": " + why);
  }
}
