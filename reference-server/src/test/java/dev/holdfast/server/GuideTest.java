package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.misbehaviour.Misbehaviour;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's tables say what the code does. */
class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "reference-server.md");
  private static final String END = "<!-- end -->";

  private static String section(String name) throws IOException {
    String guide = Files.readString(GUIDE);
    String mark = "<!-- " + name + ": kept by GuideTest -->\n";
    int begin = guide.indexOf(mark) + mark.length();
    return guide.substring(begin, guide.indexOf(END, begin));
  }

  @Test
  void tellsOfEveryMisbehaviour() throws IOException {
    String table =
        Misbehaviour.all().stream()
            .map(m -> "| `" + m.name() + "` | " + m.sentence() + " |\n")
            .collect(Collectors.joining());

    assertEquals(
        "| name | what such a server does |\n|---|---|\n" + table, section("misbehaviours"));
  }

  private static ReferenceServer limited(Limits limits) throws IOException {
    return ReferenceServer.start(
        ServerOptions.builder().limits(limits.withDeadlines(100, 30_000)).build());
  }

  /** Limits that no other test of this room reaches; each must be a line of the table. */
  @Test
  void eachLimitHasItsError() throws IOException {
    String table = section("limits");
    try (ReferenceServer server = limited(Limits.STANDARD.withBody(2_000))) {
      String big = "{\"message\":\"" + "x".repeat(2_000) + "\"}";
      assertEquals(413, Http.post(server, "/api/chat", big).status());
      String deep = "[".repeat(70) + "]".repeat(70);
      String body = "{\"message\":" + deep + "}";
      assertTrue(Http.post(server, "/api/chat", body).body().contains("invalid_json"));
      try (RawClient ana = RawClient.core(server, "s-1")) {
        ana.text("{\"type\":\"message\",\"data\":{\"content\":" + deep + "}}");
        assertTrue(ana.untilType("error").getLast().toString().contains("invalid_json"));
        for (int i = 0; i < 9; i++) {
          ana.text("bad");
        }
        assertEquals(4203, ana.closeCode());
      }
    }
    for (String word :
        new String[] {
          "413", "invalid_json", "4203", "4004", "4002", "4005", "1009", "429", "503"
        }) {
      assertTrue(table.contains(word), word);
    }
  }
}
