package dev.holdfast.load.compare;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** People who say the next thing as soon as the answer is there, and count its frames. */
final class Crowd implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int FRAMES = 22;

  private final List<Person> people = new ArrayList<>();
  private final LongAdder answers = new LongAdder();
  private final CompletableFuture<String> wrong = new CompletableFuture<>();
  private volatile boolean talking = true;

  Crowd(URI url, int size) throws Exception {
    for (int i = 0; i < size; i++) {
      Person person = new Person();
      person.socket =
          CLIENT.newWebSocketBuilder().buildAsync(url, person).get(10, TimeUnit.SECONDS);
      people.add(person);
    }
    people.forEach(Person::say);
  }

  long answers() {
    return answers.sum();
  }

  /**
   * Waits for something that the server does otherwise than asked; null when nothing in this time.
   */
  @Nullable String wrongWithin(long ms) throws Exception {
    try {
      return wrong.get(ms, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    }
  }

  @Override
  public void close() {
    talking = false;
    people.forEach(p -> {
      if (p.socket != null) {
        p.socket.abort();
      }
    });
  }

  private final class Person implements WebSocket.Listener {
    @Nullable WebSocket socket;
    private final StringBuilder text = new StringBuilder();
    private int frames;

    void say() {
      if (socket != null && talking) {
        frames = 0;
        var unused =
            socket.sendText(
                "{\"type\":\"message\",\"data\":{\"content\":\"Create a P1 story for the login"
                    + " page\"},\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"id\":\""
                    + UUID.randomUUID()
                    + "\"}",
                true);
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        arrived(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void arrived(String frame) {
      if (frame.contains("\"connected\"")) {
        return;
      }
      frames++;
      if (frame.startsWith("{\"type\":\"message\"") || frame.startsWith("{\"type\": \"message\"")) {
        if (frames != FRAMES) {
          wrong.complete(frames + " frames: " + frame);
        }
        answers.increment();
        say();
      }
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      if (talking) {
        wrong.complete(error.toString());
      }
    }
  }
}
