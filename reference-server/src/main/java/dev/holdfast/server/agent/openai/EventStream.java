package dev.holdfast.server.agent.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads server-sent events, each a JSON object; one that falls silent is closed. */
final class EventStream implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data:";
  private static final String DONE = "[DONE]";
  private static final ScheduledExecutorService WATCH = watch();

  private final InputStream stream;
  private final BufferedReader lines;
  private final long stallMs;
  private final ScheduledFuture<?> watching;
  private volatile long heardAt = System.nanoTime();
  private volatile boolean stalled;
  private boolean done;

  EventStream(InputStream stream, long stallMs) {
    this.stream = stream;
    this.stallMs = stallMs;
    lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    long every = Math.max(1, stallMs / 4);
    watching = WATCH.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  private static ScheduledExecutorService watch() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("holdfast-model-watch").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private void look() {
    if (System.nanoTime() - heardAt > TimeUnit.MILLISECONDS.toNanos(stallMs)) {
      stalled = true;
      Endpoint.close(stream);
    }
  }

  /** The next event; null at the end of the stream. */
  @Nullable JsonNode next() throws Trouble, InterruptedException {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heardAt = System.nanoTime();
        if (line.startsWith(DATA)) {
          String data = line.substring(DATA.length()).strip();
          done = data.equals(DONE);
          return done ? null : JSON.readTree(data);
        }
      }
      return null;
    } catch (JsonProcessingException e) {
      throw new Trouble("The model's answer is not understood.");
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new Trouble(stalled ? "The model fell silent." : "The model's answer broke off.");
    }
  }

  /** Whether the endpoint said that nothing follows. */
  boolean done() {
    return done;
  }

  @Override
  public void close() {
    watching.cancel(false);
    Endpoint.close(stream);
  }
}
