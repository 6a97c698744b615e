package dev.holdfast.server.wire;

import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.server.ReferenceServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/** Plain HTTP requests of a test. */
public final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Http() {}

  public static HttpText get(ReferenceServer server, String path, String... headers) {
    return send(server, "GET", path, "", headers);
  }

  public static HttpText post(ReferenceServer server, String path, String body, String... headers) {
    return send(server, "POST", path, body, headers);
  }

  public static HttpText send(
      ReferenceServer server, String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.httpUrl() + path))
            .timeout(PatientWaits.PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      Map<String, String> flat = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      response.headers().map().forEach((name, values) -> flat.put(name, values.get(0)));
      return new HttpText(response.statusCode(), flat, response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
