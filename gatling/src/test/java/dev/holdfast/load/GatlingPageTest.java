package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.report.result.GatlingSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatlingPageTest {
  /** As Gatling writes it, but for what is between. */
  private static final String PAGE =
      """
      <th id="col-1" class="header"><span>Requests</span></th>
      <th id="col-3" class="header sortable"><span>OK</span></th>
      <th id="col-4" class="header sortable"><span>KO</span></th>
      <th id="col-8" class="header sortable"><span>50th pct</span></th>
      <th id="col-10" class="header sortable"><span>95th pct</span></th>
      <th id="col-11" class="header sortable"><span>99th pct</span></th>
      <th id="col-12" class="header sortable"><span>Max</span></th>
      <tr><td><span class="ellipsed-name">answer</span></td>
      <td class="value ok col-3">1,234</td><td class="value ko col-4">-</td>
      <td class="value total col-8">5</td><td class="value total col-10">6</td>
      <td class="value total col-11">7</td><td class="value total col-12">8</td></tr>
      """;

  @TempDir Path folder;

  private GatlingSummary read(String page) throws Exception {
    return GatlingPage.read(Files.writeString(folder.resolve("index.html"), page), "link");
  }

  private void refused(String why, String page) {
    var thrown = assertThrows(GatlingPage.Unreadable.class, () -> read(page));
    assertEquals("index.html: " + why, thrown.getMessage());
  }

  @Test
  void eachFigureIsFoundByItsHeading() throws Exception {
    var row = new GatlingSummary.Row("answer", 1_234, 0, 5, 6, 7, 8);

    assertEquals(List.of(row), read(PAGE).rows());
    assertEquals(
        List.of(row), read(PAGE.replace("col-8", "col-9")).rows(), "a column more moves nothing");
  }

  @Test
  void whatIsNotThereIsNoZero() {
    refused("answer has no 95th pct", PAGE.replace("col-10\">6", "col-10\">"));
    refused("no column is headed KO", PAGE.replace(">KO<", ">Failed<"));
    refused("there is no row", PAGE.replace("ellipsed-name", "name"));
  }
}
