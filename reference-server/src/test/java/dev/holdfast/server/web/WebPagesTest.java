package dev.holdfast.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.HttpText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebPagesTest {
  private static final Pattern NAMED = Pattern.compile("\"(/assets/[^\"]+|\\./[^\"]+\\.js)\"");
  private static ReferenceServer server;

  @BeforeAll
  static void start() throws IOException {
    server = ReferenceServer.start(ServerOptions.builder().build());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void allThatAPageNamesIsThereForGoodWithItsType() {
    Map<String, String> types =
        Map.of("css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");
    for (String page : new String[] {"/", "/help"}) {
      for (String path : named(Http.get(server, page).body())) {
        HttpText asset = Http.get(server, path);
        assertEquals(200, asset.status(), path);
        String type = types.get(path.substring(path.lastIndexOf('.') + 1));
        assertEquals(type + "; charset=utf-8", asset.header("content-type"), path);
        assertTrue(asset.header("cache-control").contains("immutable"), path);
        assertTrue(path.matches("/assets/\\w+\\.[0-9a-f]{16}\\.\\w+"), path);
      }
    }
  }

  @Test
  void importsWithinScriptsNameTheHashedFile() {
    String script =
        named(Http.get(server, "/").body()).stream()
            .filter(path -> path.startsWith("/assets/page.") && path.endsWith(".js"))
            .findFirst()
            .orElseThrow();
    String imported = named(Http.get(server, script).body()).get(0);
    assertEquals(200, Http.get(server, "/assets/" + imported.substring(2)).status());
  }

  @Test
  void pagesRunNothingInlineAndNothingForeign() {
    HttpText page = Http.get(server, "/");
    String policy = page.header("content-security-policy");
    assertTrue(policy.startsWith("default-src 'none'"), policy);
    assertTrue(policy.contains("require-trusted-types-for 'script'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertEquals("no-cache", page.header("cache-control"));
    assertEquals("nosniff", page.header("x-content-type-options"));
    assertFalse(Pattern.compile("<style|style=|<script>|\\son\\w+=").matcher(page.body()).find());
  }

  @Test
  void theClientIsAModuleForOtherPages() {
    HttpText client = Http.get(server, "/client.js");
    assertEquals(200, client.status());
    assertTrue(client.body().contains("export const{ChatClient"), client.body());
  }

  @Test
  void theClientStaysUnderTwelveKilobytes() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(Http.get(server, "/client.js").body().getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(zipped.size() < 12 * 1024, () -> zipped.size() + " bytes minified and gzipped");
  }

  @Test
  void headAnswersLikeGetWithoutABody() {
    HttpText get = Http.get(server, "/");
    HttpText head = Http.send(server, "HEAD", "/", "");
    assertEquals(200, head.status());
    assertEquals("", head.body());
    assertEquals(get.header("content-length"), head.header("content-length"));
    assertEquals(get.header("content-security-policy"), head.header("content-security-policy"));
  }

  @Test
  void whatIsNotServedIsNotFound() {
    assertEquals(404, Http.get(server, "/assets/").status());
    assertEquals(404, Http.get(server, "/assets/page.0000000000000000.js").status());
    assertEquals(404, Http.get(server, "/assets/..%2fassets%2findex.html").status());
    assertEquals(405, Http.post(server, "/help", "").status());
  }

  private static List<String> named(String text) {
    return NAMED.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }
}
