package dev.holdfast.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The guide's table of settings is the table of the code; this test prints what it should be. */
class ServeGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "reference-server.md");
  private static final String BEGIN = "<!-- settings: kept by ServeGuideTest -->\n";
  private static final String END = "<!-- end -->";

  static String table() {
    StringBuilder table = new StringBuilder();
    table.append("| key | flag | environment | range | default | what it is |\n");
    table.append("|---|---|---|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      String standard = setting.standard() == null ? "" : "`" + setting.standard() + "`";
      boolean names = setting == Setting.MISBEHAVE;
      table
          .append("| `" + setting.key() + "` | `" + setting.option() + "` | `" + setting.env())
          .append("` | " + (names ? "see below" : setting.kind().range().replace("|", "\\|")))
          .append(" | " + standard + " | " + setting.says() + " |\n");
    }
    return table.toString();
  }

  @Test
  void tellsOfEverySetting() throws IOException {
    String guide = Files.readString(GUIDE);
    int begin = guide.indexOf(BEGIN) + BEGIN.length();

    assertEquals(table(), guide.substring(begin, guide.indexOf(END, begin)));
  }
}
