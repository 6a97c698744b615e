package dev.holdfast.scenarios.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells from what came what a target most likely is, and what its owner should do next. */
final class Recognition {
  private static final int SHOWN = 160;

  /** RFC 8446, 5.1: an alert (21) or a handshake (22) record of any version. */
  private static final int TLS_ALERT = 0x15;

  private static final int TLS_HANDSHAKE = 0x16;
  private static final Pattern ENGINE_IO = Pattern.compile("^0\\{.*\"sid\".*");
  private static final Pattern SOCKET_IO_BODY =
      Pattern.compile(".*(\"code\":\\s*[0-5],\\s*\"message\"|Transport unknown).*", Pattern.DOTALL);
  private static final Pattern STOMP =
      Pattern.compile("^(CONNECTED|ERROR|RECEIPT|MESSAGE)\\r?\\n.*", Pattern.DOTALL);
  private static final String OTHER_WORDS =
      "Holdfast judges servers of the protocol in docs/protocol.md. If only the names of frames"
          + " and fields differ, declare target.dialect.";

  private Recognition() {}

  static Diagnosis of(Came came, URI url) {
    return switch (came) {
      case Came.Unreached c ->
          new Diagnosis(
              say("Nothing listens at %s: %s.", address(url), c.why()),
              "",
              "Start the server, or correct target.url.");
      case Came.NoAnswer c ->
          new Diagnosis(
              say(
                  "%s accepted the connection and did not answer the handshake within %d s.",
                  address(url), seconds(c.withinMs())),
              "",
              "Check that the server still serves other clients, and that the port is right.");
      case Came.Ended c ->
          new Diagnosis(
              say("%s ended the connection without an answer to the handshake.", address(url)),
              isTls(url) ? "" : "A port that expects TLS behaves like this.",
              isTls(url) ? "Read the server's log." : "Try " + swapped(url) + ".");
      case Came.NotHttp c -> notHttp(c.first(), url);
      case Came.Failed c ->
          new Diagnosis(
              say("The handshake with %s failed: %s.", address(url), c.why()),
              "",
              "Read the server's log.");
      case Came.Http c -> http(c, url);
      case Came.TlsFailed c ->
          new Diagnosis(
              say("TLS with %s failed: %s.", address(url), c.why()),
              "",
              "Declare target.tls.ca with the certificate of the authority, or use ws:// where the"
                  + " port speaks no TLS.");
      case Came.Silence c ->
          new Diagnosis(
              say(
                  "The handshake succeeded, but the server sent nothing within %d s, not even after a"
                      + " message.",
                  seconds(c.withinMs())),
              "",
              "Let the server send a status frame with data.status \"connected\" first"
                  + " (conversation/greets-first), or correct target.url.");
      case Came.Closed c -> closed(c);
      case Came.OtherText c -> otherText(c.text());
      case Came.Binary c ->
          new Diagnosis(
              say("The first message is binary, %d bytes.", c.bytes()),
              "The server speaks another protocol.",
              OTHER_WORDS);
    };
  }

  private static Diagnosis notHttp(String said, URI url) {
    byte[] first = said.getBytes(StandardCharsets.ISO_8859_1);
    String bytes = HexFormat.ofDelimiter(" ").formatHex(first, 0, Math.min(first.length, 16));
    String came =
        say("%s answered the handshake with bytes that are no HTTP: %s.", address(url), bytes);
    boolean tls =
        first.length > 1 && (first[0] == TLS_ALERT || first[0] == TLS_HANDSHAKE) && first[1] == 3;
    return tls && !isTls(url)
        ? new Diagnosis(came, "They are TLS.", "Try " + swapped(url) + ".")
        : new Diagnosis(
            came,
            say("The port belongs to another protocol: '%s'.", shown(said)),
            "Correct target.url.");
  }

  private static Diagnosis http(Came.Http c, URI url) {
    String came =
        say(
            "GET %s was answered with HTTP %d%s.",
            path(url), c.status(), c.body().isBlank() ? "" : ": " + shown(c.body()));
    if (SOCKET_IO_BODY.matcher(c.body()).matches()) {
      return new Diagnosis(came, "That is socket.io.", OTHER_WORDS);
    }
    return switch (c.status()) {
      case 401, 407 ->
          new Diagnosis(
              came,
              "The server requires credentials.",
              "Declare them in target.headers, for example Authorization: \"Bearer {env.TOKEN}\".");
      case 403 ->
          new Diagnosis(
              came,
              "The server requires an Origin header or credentials, or the path is wrong.",
              "Declare target.headers with Origin or Authorization, or correct the path in"
                  + " target.url.");
      case 404, 405 ->
          new Diagnosis(
              came,
              "The path is wrong.",
              "Correct the path in target.url: it is " + path(url) + ".");
      case 400, 426 ->
          new Diagnosis(
              came,
              "This path expects no WebSocket handshake, or the handshake lacks a parameter.",
              "Look into the server's log, and correct target.url.");
      case 301, 302, 303, 307, 308 ->
          new Diagnosis(
              came,
              say(
                  "The server redirects to %s.",
                  c.location().isEmpty() ? "another address" : c.location()),
              "Declare the address of the redirect: browsers follow no redirect of a WebSocket.");
      case 429, 503 ->
          new Diagnosis(
              came,
              "The server is overloaded, draining, or limits its clients.",
              "Try again" + retryAfter(c.retryAfter()) + ".");
      default ->
          c.status() < 400
              ? new Diagnosis(
                  came,
                  "An HTTP server answers at this path, without WebSocket support.",
                  "Correct the path in target.url, or enable WebSockets in the server and in its proxies.")
              : new Diagnosis(came, "", "Read the server's log.");
    };
  }

  private static String retryAfter(String after) {
    return after.isEmpty() ? " later" : ", not before Retry-After: " + after;
  }

  private static Diagnosis closed(Came.Closed c) {
    String reason = c.reason().isEmpty() ? "" : " '" + shown(c.reason()) + "'";
    return new Diagnosis(
        say(
            "The handshake succeeded, but the server closed the connection with code %d%s before it"
                + " sent a message.",
            c.code(), reason),
        c.code() == 1008 || c.code() == 4001 || c.code() == 4401 || c.code() == 4403
            ? "The server requires credentials or a parameter."
            : "",
        "Declare target.headers, or correct target.url; the server's log may say more.");
  }

  private static Diagnosis otherText(String text) {
    String came =
        say("The first message of the server is not a frame of the protocol: '%s'.", shown(text));
    return new Diagnosis(came, dialectOf(text), OTHER_WORDS);
  }

  private static String dialectOf(String text) {
    if (ENGINE_IO.matcher(text).matches()) {
      return "That is socket.io (Engine.IO).";
    }
    if (STOMP.matcher(text).matches()) {
      return "That is STOMP.";
    }
    JsonNode json = Json.readOrNull(text);
    if (json == null) {
      return "It is plain text, not JSON.";
    }
    if (json.has("jsonrpc")) {
      return "That is JSON-RPC.";
    }
    return json.isObject()
        ? "It is JSON in another format: frames of the protocol have a string `type` and an object `data`."
        : "It is JSON, but not an object.";
  }

  private static long seconds(long ms) {
    return Math.max(1, Math.round(ms / 1e3));
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static boolean isTls(URI url) {
    return "wss".equals(url.getScheme());
  }

  private static String swapped(URI url) {
    String other = isTls(url) ? "ws" : "wss";
    return other + url.toString().substring(url.getScheme().length());
  }

  private static String path(URI url) {
    return url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
  }

  private static String address(URI url) {
    return url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  /** The beginning of what came, on one line. */
  private static String shown(String text) {
    String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
  }
}
