package dev.holdfast.server.agent.openai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An endpoint that answers as it is told, one answer a question, in the shape of real ones. */
final class ModelStub implements AutoCloseable {

  /** What is done with one question. */
  @FunctionalInterface
  interface Reply {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  final List<String> questions = Collections.synchronizedList(new ArrayList<>());
  final List<String> bearers = Collections.synchronizedList(new ArrayList<>());
  final CountDownLatch over = new CountDownLatch(1);
  final CountDownLatch left = new CountDownLatch(1);
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final HttpServer server;

  ModelStub(Reply... replies) throws IOException {
    this.replies.addAll(List.of(replies));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    questions.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    bearers.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    Reply reply;
    synchronized (replies) {
      reply = replies.removeFirst();
    }
    try (exchange) {
      reply.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  static String event(String delta, String finish) {
    return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,"
        + "\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":"
        + finish
        + "}]}\n\n";
  }

  static String text(String piece) {
    return event("{\"content\":\"" + piece + "\"}", "null");
  }

  static final String STOP = event("{}", "\"stop\"") + "data: [DONE]\n\n";

  /** Streams events, each flushed. */
  static Reply streams(String... events) {
    return exchange -> {
      OutputStream out = open(exchange);
      for (String event : events) {
        out.write(event.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    };
  }

  private static OutputStream open(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(": a comment\n\n".getBytes(StandardCharsets.UTF_8));
    out.write(
        event("{\"role\":\"assistant\",\"content\":\"\"}", "null")
            .getBytes(StandardCharsets.UTF_8));
    out.flush();
    return out;
  }

  /** Says one piece, and then nothing until the test is over. */
  Reply stalls() {
    return exchange -> {
      OutputStream out = open(exchange);
      out.write(text("Well, ").getBytes(StandardCharsets.UTF_8));
      out.flush();
      try {
        while (!over.await(20, TimeUnit.MILLISECONDS)) {
          out.write(new byte[0]);
          out.flush();
        }
      } finally {
        left.countDown();
      }
    };
  }

  static Reply status(int status, String retryAfter) {
    return exchange -> {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
      byte[] body =
          "{\"error\":{\"message\":\"sk-secret is over quota\"}}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  @Override
  public void close() {
    over.countDown();
    server.stop(0);
  }
}
