package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.RawClient;
import dev.holdfast.server.wire.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on {@code /metrics} once a little of everything has happened. */
class MetricsTest {
  private static final Path DASHBOARD = Path.of("..", "docs", "grafana-dashboard.json");
  private static final Path GUIDE = Path.of("..", "docs", "reference-server.md");
  private static final Pattern METRIC = Pattern.compile("\\bholdfast_[a-z_]+");

  @TempDir private Path directory;

  private String scrapeAfterSomeLife() throws IOException {
    var options =
        ServerOptions.builder()
            .store(directory.resolve("s.db"))
            .auditDirectory(directory)
            .limits(Limits.STANDARD.withDeadlines(100, 30_000));
    try (ReferenceServer server = ReferenceServer.start(options.build())) {
      Tab tab = new Tab("s-1");
      tab.join(server);
      tab.says("m-1", "#agent tokens=3\nstory").end();
      tab.client().close();
      tab.join(server);
      RawClient.dial(server, "?session_id=no/t").close();
      try (RawClient ana = RawClient.core(server, "s-2");
          RawClient newer = RawClient.core(server, "s-2")) {
        assertEquals(4204, ana.closeCode());
        newer.text("no frame");
        newer.untilType("error");
        newer.say("");
        newer.untilType("error");
      }
      Http.post(server, "/api/chat", "{\"message\":\"hi\"}");
      Awaitility.await().until(() -> server.connections() <= 1);
      return Http.get(server, "/metrics").body();
    }
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = METRIC.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group().replaceFirst("_(count|sum|max|bucket)$", ""));
    }
    return names;
  }

  @Test
  void theDashboardAndTheGuideNameWhatIsThere() throws IOException {
    Set<String> there = names(scrapeAfterSomeLife());
    Set<String> shown = new TreeSet<>();
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    dashboard.findValuesAsText("expr").forEach(expr -> shown.addAll(names(expr)));
    Set<String> told = names(Files.readString(GUIDE));

    assertTrue(shown.size() > 15, shown::toString);
    assertEquals(Set.of(), without(shown, there), "shown and not there");
    assertEquals(Set.of(), without(told, there), "told in the guide and not there");
    assertEquals(Set.of(), without(shown, told), "shown and not told in the guide");
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> left = new TreeSet<>(all);
    left.removeAll(others);
    return left;
  }

  @Test
  void waitsAreTakenFromReceipt() throws IOException {
    String scrape = scrapeAfterSomeLife();

    assertTrue(scrape.contains("holdfast_wait_first_status_seconds_count 1"), scrape);
    assertTrue(scrape.contains("holdfast_wait_first_token_seconds_count 1"), scrape);
    assertTrue(scrape.contains("holdfast_wait_terminal_seconds_count 1"), scrape);
    assertTrue(scrape.contains("holdfast_greetings_total{outcome=\"resume\",reason=\"none\"} 1"));
  }
}
