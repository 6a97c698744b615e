package dev.holdfast.client.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.protocol.client.ClientInput.PostResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFallbackTest {
  private static final long LONG_MS = 600_000;
  private static final HttpFallback.Chat CHAT = new HttpFallback.Chat("m1", "hi", "s1", null);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final HttpFallback fallback;
  private volatile int status = 200;
  private volatile String body = "{}";
  private volatile boolean hanging;
  private volatile @Nullable String retryAfter;

  HttpFallbackTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    fallback = new HttpFallback(() -> client, base, "ana b");
  }

  @BeforeEach
  void start() {
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    client.shutdownNow();
    client.close();
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + sent + " " + bearer);
    if (retryAfter != null) {
      exchange.getResponseHeaders().add("Retry-After", retryAfter);
    }
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (hanging) {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private PostResult post(HttpFallback.Chat chat, long timeoutMs) {
    CompletableFuture<PostResult> result = new CompletableFuture<>();
    fallback.post(chat, timeoutMs, result::complete);
    await().until(result::isDone);
    return result.join();
  }

  private PostResult post(int withStatus, String withBody) {
    status = withStatus;
    body = withBody;
    return post(CHAT, LONG_MS);
  }

  private @Nullable Boolean ask(int withStatus, String withBody) {
    status = withStatus;
    body = withBody;
    CompletableFuture<String> result = new CompletableFuture<>();
    fallback.ask(websocket -> result.complete(String.valueOf(websocket)));
    await().until(result::isDone);
    return result.join().equals("null") ? null : Boolean.valueOf(result.join());
  }

  @Test
  void theTransportIsAskedForThisUser() {
    assertEquals(true, ask(200, "{\"transport\":\"websocket\"}"));
    assertEquals(false, ask(200, "{\"transport\":\"http\"}"));
    assertEquals("GET /api/transport?user_id=ana+b  null", requests.getFirst());
  }

  @Test
  void aTransportThatIsNotToldIsUnknown() {
    assertEquals(null, ask(200, "{\"transport\":\"pigeon\"}"));
    assertEquals(null, ask(200, "<html>"));
    assertEquals(null, ask(500, "{\"transport\":\"http\"}"));
  }

  @Test
  void aMessageIsPostedAndItsRunRead() {
    PostResult result =
        post(
            200,
            """
            {"response":"Done.","run_id":"r1","session_id":"s1",
             "artifacts":[{"type":"story","data":{"key":"T-1"}}],
             "tools":[{"tool":"create","tool_call_id":"c1","status":"completed","details":{"a":1}}]}
            """);
    assertTrue(result instanceof PostResult.Ended, result::toString);
    var run = ((PostResult.Ended) result).run();
    assertEquals("Done.", run.text());
    assertEquals("r1", run.runId());
    assertEquals("m1", run.messageId());
    assertEquals("{\"key\":\"T-1\"}", run.artifacts().getFirst().json());
    assertEquals("c1", run.tools().getFirst().callId());
    assertEquals(
        """
        POST /api/chat {"message":"hi","session_id":"s1","user_id":"ana b","id":"m1"} null\
        """,
        requests.getFirst());
  }

  @Test
  void aTokenTravelsAsABearerAndIsNotPrinted() {
    var chat = new HttpFallback.Chat("m1", "hi", "s1", "secret");
    post(chat, LONG_MS);
    assertTrue(requests.getFirst().endsWith(" Bearer secret"));
    assertEquals("Chat[m1]", chat.toString());
  }

  @Test
  void anErrorThatNamesARunEndsIt() {
    PostResult result =
        post(502, "{\"error\":\"It broke.\",\"code\":\"agent_failed\",\"run_id\":\"r1\"}");
    assertTrue(result instanceof PostResult.Ended, result::toString);
    var error = ((PostResult.Ended) result).run().error();
    assertTrue(error != null && "agent_failed".equals(error.code()));
  }

  @Test
  void refusalsAreFinal() {
    assertEquals(new PostResult.Rejected(409, "id_reused"), post(409, "{\"code\":\"id_reused\"}"));
    assertEquals(new PostResult.Rejected(404, "http_404"), post(404, "nothing here"));
  }

  @Test
  void whatMayWorkLaterIsAFailure() {
    retryAfter = "2";
    assertEquals(new PostResult.Failed(2_000), post(429, "{}"));
    assertEquals(new PostResult.Failed(2_000), post(503, ""));
    retryAfter = null;
    assertEquals(new PostResult.Failed(0), post(500, "oops"));
    assertEquals(new PostResult.Failed(0), post(200, "{\"no\":\"response\"}"));
  }

  @Test
  void aBodyThatNeverComesIsWaitedForNoLongerThanAllowed() {
    hanging = true;
    body = "{\"response\":\"late\"}";
    // The body comes only after the test.
    assertEquals(new PostResult.Failed(0), post(CHAT, 150));
  }

  @Test
  void aBodyWithoutEndIsNotRead() {
    String large = "{\"response\":\"" + "x".repeat(BoundedText.MAX_BYTES) + "\"}";
    assertEquals(new PostResult.Failed(0), post(200, large));
  }

  @Test
  void cancellingAnswersWhatIsUnderWay() {
    hanging = true;
    CompletableFuture<PostResult> result = new CompletableFuture<>();
    fallback.post(CHAT, LONG_MS, result::complete);
    await().until(() -> !requests.isEmpty());
    fallback.cancel();
    await().until(result::isDone);
    assertEquals(new PostResult.Failed(0), result.join());
  }
}
