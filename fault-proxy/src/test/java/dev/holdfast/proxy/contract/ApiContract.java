package dev.holdfast.proxy.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.proxy.engine.FaultEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each call of Toxiproxy's HTTP API: its status and its body, on any engine. */
@ResourceLock(Engines.LOCK)
abstract class ApiContract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  abstract FaultEngine engine();

  /** A status and the body, missing if there was none. */
  record Reply(int status, JsonNode body, String text) {
    String error() {
      return body.path("error").asText();
    }
  }

  @BeforeEach
  @AfterEach
  void clear() throws Exception {
    for (String name :
        call("GET", "/proxies", "").body().propertyStream().map(e -> e.getKey()).toList()) {
      call("DELETE", "/proxies/" + name, "");
    }
  }

  @Test
  void createsAndShowsAndListsAProxy() throws Exception {
    Reply created = create("a");
    assertEquals(201, created.status());
    assertEquals("a", created.body().get("name").asText());
    assertEquals("127.0.0.1:9", created.body().get("upstream").asText());
    assertTrue(created.body().get("enabled").asBoolean());
    assertEquals(0, created.body().get("toxics").size());
    assertTrue(created.body().get("listen").asText().matches("127\\.0\\.0\\.1:[1-9]\\d+"));
    assertEquals(created.body(), call("GET", "/proxies/a", "").body());
    assertEquals(created.body(), call("GET", "/proxies", "").body().get("a"));
  }

  @Test
  void createsAProxyThatIsNotEnabled() throws Exception {
    Reply created =
        call(
            "POST",
            "/proxies",
            "{\"name\":\"off\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:9\",\"enabled\":false}");
    assertEquals(201, created.status());
    assertEquals(false, created.body().get("enabled").asBoolean());
  }

  @Test
  void refusesAProxyThatExists() throws Exception {
    create("a");
    assertError(409, "proxy already exists", create("a"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "{'upstream':'127.0.0.1:9'}       | missing required field: name",
        "{'name':'a'}                     | missing required field: upstream",
        "{'name':'','upstream':'x:1'}     | missing required field: name",
      })
  void refusesAProxyWithAFieldMissing(String body, String error) throws Exception {
    assertError(400, error, call("POST", "/proxies", body.replace('\'', '"')));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "POST  | /proxies",
        "POST  | /proxies/a",
        "PATCH | /proxies/a",
        "POST  | /proxies/a/toxics",
        "POST  | /populate",
      })
  void refusesABodyThatIsNotJson(String method, String path) throws Exception {
    create("a");
    for (String body : new String[] {"", "{", "{\"name\":}", "17"}) {
      Reply reply = call(method, path, body);
      assertEquals(400, reply.status(), body);
      assertTrue(reply.error().startsWith("bad request body: "), reply.error());
      assertEquals(400, reply.body().get("status").asInt());
    }
  }

  @Test
  void refusesAPortThatIsTakenAndKeepsNoProxy() throws Exception {
    String taken = create("b").body().get("listen").asText();
    Reply reply =
        call(
            "POST",
            "/proxies",
            "{\"name\":\"a\",\"upstream\":\"127.0.0.1:9\",\"listen\":\"" + taken + "\"}");
    assertEquals(500, reply.status());
    assertTrue(reply.error().contains("bind"), reply.error());
    assertError(404, "proxy not found", call("GET", "/proxies/a", ""));
  }

  @ParameterizedTest
  @CsvSource({"POST", "PATCH"})
  void updatesAProxyAndIgnoresItsName(String method) throws Exception {
    Reply created = create("a");
    Reply updated =
        call(method, "/proxies/a", "{\"name\":\"b\",\"upstream\":\"127.0.0.1:10\",\"unknown\":1}");
    assertEquals(200, updated.status());
    assertEquals("a", updated.body().get("name").asText());
    assertEquals("127.0.0.1:10", updated.body().get("upstream").asText());
    assertEquals(created.body().get("listen"), updated.body().get("listen"));
    Reply off = call(method, "/proxies/a", "{\"ENABLED\":false}");
    assertEquals(false, off.body().get("enabled").asBoolean());
    assertEquals(created.body().get("listen"), off.body().get("listen"));
  }

  @Test
  void deletesAProxy() throws Exception {
    create("a");
    assertEquals(204, call("DELETE", "/proxies/a", "").status());
    assertError(404, "proxy not found", call("DELETE", "/proxies/a", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/proxies/none",
    "POST,/proxies/none",
    "DELETE,/proxies/none",
    "GET,/proxies/none/toxics",
    "POST,/proxies/none/toxics",
    "GET,/proxies/none/toxics/t",
    "POST,/proxies/none/toxics/t",
    "DELETE,/proxies/none/toxics/t"
  })
  void knowsNoProxyOfThatName(String method, String path) throws Exception {
    assertError(404, "proxy not found", call(method, path, "{}"));
  }

  @ParameterizedTest
  @CsvSource({"GET", "POST", "PATCH", "DELETE"})
  void knowsNoToxicOfThatName(String method) throws Exception {
    create("a");
    assertError(404, "toxic not found", call(method, "/proxies/a/toxics/none", "{}"));
  }

  @Test
  void givesAToxicItsDefaults() throws Exception {
    create("a");
    Reply reply = toxic("{'type':'latency','attributes':{'latency':7}}");
    assertEquals(200, reply.status());
    assertEquals(
        json(
            "{'attributes':{'latency':7,'jitter':0},'name':'latency_downstream',"
                + "'type':'latency','stream':'downstream','toxicity':1}"),
        reply.body());
    assertEquals(reply.body(), call("GET", "/proxies/a/toxics/latency_downstream", "").body());
    assertEquals(reply.body(), call("GET", "/proxies/a/toxics", "").body().get(0));
    assertEquals(reply.body(), call("GET", "/proxies/a", "").body().get("toxics").get(0));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "latency    | {'latency':0,'jitter':0}",
        "bandwidth  | {'rate':0}",
        "slow_close | {'delay':0}",
        "timeout    | {'timeout':0}",
        "reset_peer | {'timeout':0}",
        "limit_data | {'bytes':0}",
        "noop       | {}",
      })
  void knowsEveryTypeAndItsAttributes(String type, String attributes) throws Exception {
    create("a");
    Reply reply = toxic("{'type':'" + type + "'}");
    assertEquals(200, reply.status());
    assertEquals(json(attributes), reply.body().get("attributes"));
  }

  @Test
  void knowsTheSlicer() throws Exception {
    create("a");
    Reply reply = toxic("{'type':'slicer','attributes':{'average_size':8}}");
    assertEquals(
        json("{'average_size':8,'size_variation':0,'delay':0}"), reply.body().get("attributes"));
  }

  @Test
  void listsUpstreamToxicsFirst() throws Exception {
    create("a");
    toxic("{'type':'latency','name':'down'}");
    toxic("{'type':'latency','name':'up','stream':'upstream','toxicity':0.25}");
    JsonNode all = call("GET", "/proxies/a/toxics", "").body();
    assertEquals("up", all.get(0).get("name").asText());
    assertEquals(0.25, all.get(0).get("toxicity").asDouble());
    assertEquals("down", all.get(1).get("name").asText());
  }

  @Test
  void refusesAToxicThatMakesNoSense() throws Exception {
    create("a");
    assertError(
        400,
        "stream was invalid, can be either upstream or downstream",
        toxic("{'type':'latency','stream':'sideways'}"));
    assertError(400, "invalid toxic type", toxic("{'type':'nonsense'}"));
    assertError(400, "invalid toxic type", toxic("{}"));
    assertEquals(400, toxic("{'type':'latency','attributes':{'latency':'much'}}").status());
    assertEquals(400, toxic("{'type':'latency','attributes':{'latency':1.5}}").status());
    toxic("{'type':'latency'}");
    assertError(409, "toxic already exists", toxic("{'type':'latency'}"));
  }

  @Test
  void takesKeysInAnyCaseAndIgnoresUnknownOnes() throws Exception {
    create("a");
    Reply reply =
        toxic("{'TYPE':'latency','Attributes':{'LATENCY':5,'colour':'red'},'colour':'red'}");
    assertEquals(json("{'latency':5,'jitter':0}"), reply.body().get("attributes"));
  }

  @ParameterizedTest
  @CsvSource({"POST", "PATCH"})
  void anUpdateOfAToxicMerges(String method) throws Exception {
    create("a");
    toxic("{'type':'latency','attributes':{'latency':5,'jitter':3}}");
    Reply reply =
        call(
            method,
            "/proxies/a/toxics/latency_downstream",
            "{\"name\":\"x\",\"stream\":\"upstream\",\"attributes\":{\"jitter\":4}}");
    assertEquals(200, reply.status());
    assertEquals(
        json(
            "{'attributes':{'latency':5,'jitter':4},'name':'latency_downstream',"
                + "'type':'latency','stream':'downstream','toxicity':1}"),
        reply.body());
  }

  @Test
  void deletesAToxic() throws Exception {
    create("a");
    toxic("{'type':'latency'}");
    assertEquals(204, call("DELETE", "/proxies/a/toxics/latency_downstream", "").status());
    assertEquals(0, call("GET", "/proxies/a/toxics", "").body().size());
  }

  @Test
  void populatesAndLeavesWhatIsTheSame() throws Exception {
    Reply first = call("POST", "/populate", array("one", "two"));
    assertEquals(201, first.status());
    assertEquals("two", first.body().get("proxies").get(1).get("name").asText());
    String listen = first.body().get("proxies").get(0).get("listen").asText();
    toxicOf("one", "{'type':'latency'}");
    Reply second = call("POST", "/populate", array("one").replace("127.0.0.1:0", listen));
    assertEquals(1, second.body().get("proxies").get(0).get("toxics").size());
  }

  @Test
  void populateRefusesAllIfOneIsIncomplete() throws Exception {
    Reply reply =
        call("POST", "/populate", "[{\"name\":\"a\",\"upstream\":\"x:1\"},{\"name\":\"b\"}]");
    assertError(400, "missing required field: upstream at proxy 2", reply);
    assertEquals(0, call("GET", "/proxies", "").body().size());
  }

  @Test
  void resets() throws Exception {
    create("a");
    toxic("{'type':'latency'}");
    call("PATCH", "/proxies/a", "{\"enabled\":false}");
    assertEquals(204, call("POST", "/reset", "").status());
    JsonNode proxy = call("GET", "/proxies/a", "").body();
    assertTrue(proxy.get("enabled").asBoolean());
    assertEquals(0, proxy.get("toxics").size());
  }

  @Test
  void saysItsVersion() throws Exception {
    assertTrue(
        call("GET", "/version", "")
            .body()
            .get("version")
            .asText()
            .matches("2\\.\\d+\\.\\d+.*|git"));
  }

  @Test
  void turnsBrowsersAway() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(engine().api().resolve("/proxies"))
            .header("User-Agent", "Mozilla/5.0")
            .build();
    assertEquals(403, http.send(request, BodyHandlers.ofString()).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE,/proxies",
    "PUT,/proxies/a",
    "PUT,/proxies/a/toxics",
    "PUT,/proxies/a/toxics/t",
    "GET,/reset",
    "GET,/populate",
    "POST,/version"
  })
  void knowsWhichMethodsAPathHas(String method, String path) throws Exception {
    assertEquals(405, call(method, path, "").status());
  }

  @ParameterizedTest
  @CsvSource({"/nothing", "/proxies/a/nothing", "/proxies/a/toxics/t/more"})
  void knowsNoOtherPath(String path) throws Exception {
    assertEquals(404, call("GET", path, "").status());
  }

  Reply call(String method, String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(engine().api() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    String text = response.body();
    boolean isJson = text.startsWith("{") || text.startsWith("[");
    return new Reply(response.statusCode(), JSON.readTree(isJson ? text : ""), text);
  }

  Reply create(String name) throws Exception {
    String body = array(name);
    return call("POST", "/proxies", body.substring(1, body.length() - 1));
  }

  Reply toxic(String body) throws Exception {
    return toxicOf("a", body);
  }

  private Reply toxicOf(String proxy, String body) throws Exception {
    return call("POST", "/proxies/" + proxy + "/toxics", body.replace('\'', '"'));
  }

  private static String array(String... names) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      out.append(out.isEmpty() ? "[" : ",")
          .append("{\"name\":\"")
          .append(name)
          .append("\",\"listen\":\"127.0.0.1:0\",\"upstream\":\"127.0.0.1:9\"}");
    }
    return out.append(']').toString();
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  static void assertError(int status, String error, Reply reply) {
    assertEquals(error, reply.error());
    assertEquals(status, reply.status());
    assertEquals(status, reply.body().get("status").asInt());
  }
}
