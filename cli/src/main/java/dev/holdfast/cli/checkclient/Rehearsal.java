package dev.holdfast.cli.checkclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.protocol.Profile;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the reference client through what cases do to it: it talks, its server goes, it is
 * refused and talks over HTTP, its server is back. What was needed once is in the archive.
 */
final class Rehearsal {
  private static final long WITHIN_MS = 30_000;
  private static final String BASE_MS = "100";

  private final Process client;
  private final BufferedReader out;
  private final Writer in;

  private Rehearsal(Process client) {
    this.client = client;
    out = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
    in = client.outputWriter(UTF_8);
  }

  /**
   * Plays it to the client's end, which is its own.
   *
   * @param options more options for the client's JVM
   */
  static void play(List<String> options) throws IOException, InterruptedException {
    ReferenceServer server = server(0, true);
    int port = server.port();
    Process client;
    try {
      client = start(options, server.wsUrl());
    } catch (IOException e) {
      server.close();
      throw e;
    }
    // Whatever it waits for, it waits no longer than this.
    var late =
        CompletableFuture.runAsync(
            client::destroyForcibly,
            CompletableFuture.delayedExecutor(WITHIN_MS, TimeUnit.MILLISECONDS));
    try {
      new Rehearsal(client).scenes(server, port);
    } finally {
      late.cancel(false);
      client.destroyForcibly();
    }
  }

  private static ReferenceServer server(int port, boolean websocket) throws IOException {
    return ReferenceServer.start(
        ServerOptions.builder().port(port).rollout(websocket, 100).drainMs(0).build());
  }

  private static Process start(List<String> options, String url) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(ReferenceClient.command(options, Profile.RESUME))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("HOLDFAST_URL", url);
    builder.environment().put("HOLDFAST_SESSION_ID", "rehearsal");
    builder.environment().put("HOLDFAST_RECONNECT_BASE_MS", BASE_MS);
    builder.environment().put("HOLDFAST_RECONNECT_JITTER_MS", "0");
    return builder.start();
  }

  private void scenes(ReferenceServer first, int port) throws IOException, InterruptedException {
    during(first, () -> says("hello"));
    hears("\"reconnecting\"");
    during(server(port, false), () -> says("hello over HTTP"));
    during(
        server(port, true),
        () -> {
          hears("\"connected\"");
          says("hello again");
        });
    in.close();
    ended();
  }

  /** What happens while a server is there. */
  private interface Scene {
    void play() throws IOException;
  }

  private static void during(ReferenceServer server, Scene scene) throws IOException {
    try (server) {
      scene.play();
    }
  }

  private void says(String content) throws IOException {
    in.write("{\"n\":1,\"cmd\":\"send\",\"content\":\"" + content + "\"}\n");
    in.flush();
    hears("\"settled\"");
  }

  private void hears(String word) throws IOException {
    @Nullable String line = out.readLine();
    while (line != null && !line.contains(word)) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("the client ended before " + word);
    }
  }

  private void ended() throws IOException, InterruptedException {
    while (out.readLine() != null) {
      // The rest is of no interest, but it must not block the client.
    }
    if (client.waitFor() != 0) {
      throw new IOException("the client ended with exit code " + client.exitValue());
    }
  }
}
