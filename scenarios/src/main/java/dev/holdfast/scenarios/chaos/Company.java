package dev.holdfast.scenarios.chaos;

import dev.holdfast.client.SimClient;
import dev.holdfast.client.access.Access;
import dev.holdfast.client.persona.Around;
import dev.holdfast.client.persona.Person;
import dev.holdfast.protocol.Timestamps;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The people of a scenario on sockets, and pushes from beside the link.
 *
 * @param people everybody, by name; complete before anybody begins
 * @param http where the target takes pushes; null where it takes none
 * @param access what each request needs
 * @param pushes where it is written down that one was sent
 */
record Company(Map<String, Person> people, @Nullable URI http, Access access, Journal pushes)
    implements Around {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Override
  public @Nullable SimClient other(String name) {
    Person person = people.get(name);
    return person == null ? null : person.client();
  }

  @Override
  public @Nullable String push(String session, String content, int times)
      throws InterruptedException {
    if (http == null) {
      return "a push needs an HTTP address (target.http)";
    }
    var body = Json.object().put("message", content).put("id", UUID.randomUUID().toString());
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(http.resolve("/api/sessions/" + session + "/push"))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(body.toString()));
    HttpRequest request = access.on(asked, List.of()).build();
    try (HttpClient client =
        access.http(HttpClient.newBuilder()).version(HttpClient.Version.HTTP_1_1).build()) {
      HistoryRecord unused =
          pushes.add(
              System.nanoTime(),
              Timestamps.format(Instant.now()),
              session,
              null,
              HistoryRecord.Kind.INVOKE,
              "push",
              Map.of());
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      for (int again = 1; again < times && response.statusCode() / 100 == 2; again++) {
        response = client.send(request, BodyHandlers.ofString());
      }
      return response.statusCode() / 100 == 2
          ? null
          : "the push was answered " + response.statusCode() + " " + response.body();
    } catch (IOException e) {
      return "the push was not answered: " + e;
    }
  }
}
