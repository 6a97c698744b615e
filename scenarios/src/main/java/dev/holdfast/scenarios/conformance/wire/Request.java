package dev.holdfast.scenarios.conformance.wire;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request and its body, if it said how long that is.
 *
 * @param target path and query
 * @param headers names in lower case
 */
public record Request(String method, String target, Map<String, String> headers, String body) {
  private static final int MAX_HEAD = 64 << 10;
  private static final int MAX_BODY = 8 << 20;

  static Request read(DataInputStream in) throws IOException {
    String[] lines = head(in).split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3) {
      throw new IOException("no HTTP request: " + lines[0]);
    }
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon).trim().toLowerCase(Locale.ROOT);
        headers.merge(name, lines[i].substring(colon + 1).trim(), (a, b) -> a + ", " + b);
      }
    }
    return new Request(words[0], words[1], headers, body(in, headers));
  }

  private static String head(DataInputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD) {
      char next = (char) in.readUnsignedByte();
      head.append(next);
      if (next == '\n' && head.length() >= 4 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
        return head.substring(0, head.length() - 4);
      }
    }
    throw new IOException("the head of a request is longer than " + MAX_HEAD + " bytes");
  }

  private static String body(DataInputStream in, Map<String, String> headers) throws IOException {
    String length = headers.getOrDefault("content-length", "0");
    if (!length.matches("[0-9]{1,7}") || Integer.parseInt(length) > MAX_BODY) {
      throw new IOException("a body of " + length + " bytes");
    }
    return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  /** Writes a whole answer; {@code more} are further header lines, each with its end. */
  static void answer(OutputStream out, int status, String more, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + " Scripted\r\nContent-Type: application/json\r\n"
            + "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *\r\n"
            + "Content-Length: "
            + bytes.length
            + "\r\n"
            + more
            + "\r\n";
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(bytes);
    out.flush();
  }

  boolean upgrades() {
    return "websocket".equalsIgnoreCase(headers.get("upgrade"));
  }

  /** Whether the subprotocol is among those offered. */
  public boolean offers(String subprotocol) {
    String offered = headers.getOrDefault("sec-websocket-protocol", "");
    for (String one : offered.split(",", -1)) {
      if (one.trim().equals(subprotocol)) {
        return true;
      }
    }
    return false;
  }

  /** The value of a parameter of the query, or null. */
  public @Nullable String parameter(String name) {
    int mark = target.indexOf('?');
    for (String pair : target.substring(mark + 1).split("&", -1)) {
      if (mark >= 0 && pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
