package dev.holdfast.scenarios.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The opening handshake of RFC 6455, with any header that a case wants to try. */
final class Handshake {
  /** The nonce of the RFC's own example; a server must not care. */
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final String HTTP = "HTTP/1.";
  private static final String END = "\r\n\r\n";
  private static final int MAX_HEAD = 64 << 10;
  private static final int MAX_BODY = 64 << 10;

  private Handshake() {}

  /** What the server said to the handshake; header names in lower case. */
  record Reply(int status, Map<String, String> headers, String body) {}

  static void send(OutputStream out, URI target, Map<String, String> more) throws IOException {
    StringBuilder head = new StringBuilder(256);
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    head.append("GET ").append(target.getRawPath()).append(query).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(target.getAuthority()).append("\r\n");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
    head.append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ").append(KEY).append("\r\n");
    more.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Reads the answer; one that is not there by {@code untilNanos} counts as none. */
  static Reply read(DataInputStream in, long untilNanos) throws IOException {
    String[] lines = head(in, untilNanos).split("\r\n", -1);
    String[] status = lines[0].split(" ", 3);
    if (status.length < 2 || !status[0].startsWith(HTTP)) {
      throw new NotHttp(lines[0]);
    }
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).trim().toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).trim());
      }
    }
    int code = number(status[1]);
    String body = code == 101 ? "" : body(in, headers, untilNanos);
    if (code == 101 && !status[0].equals("HTTP/1.1")) {
      throw new WrongHandshake("the server switched protocols in " + status[0]);
    }
    if (code == 101 && !ACCEPT.equals(headers.get("sec-websocket-accept"))) {
      throw new WrongHandshake("the server's Sec-WebSocket-Accept is wrong");
    }
    return new Reply(code, headers, body);
  }

  private static int number(String text) throws IOException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IOException("no HTTP status: " + text, e);
    }
  }

  private static String head(DataInputStream in, long untilNanos) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!ended(head)) {
      if (head.length() > MAX_HEAD) {
        throw new IOException("the head of the answer is longer than " + MAX_HEAD + " bytes");
      }
      if (System.nanoTime() > untilNanos) {
        throw new SocketTimeoutException("the head of the answer does not end");
      }
      head.append((char) next(in, head));
    }
    return head.substring(0, head.length() - END.length());
  }

  /** The next byte; an end or a pause behind bytes that no HTTP begins with is told as such. */
  private static int next(DataInputStream in, StringBuilder before) throws IOException {
    try {
      return in.readUnsignedByte();
    } catch (EOFException | SocketTimeoutException e) {
      int seen = Math.min(before.length(), HTTP.length());
      if (seen > 0 && !before.substring(0, seen).equals(HTTP.substring(0, seen))) {
        throw new NotHttp(before.toString());
      }
      throw e;
    }
  }

  private static boolean ended(StringBuilder head) {
    int tail = head.length() - END.length();
    return tail >= 0 && head.indexOf(END, tail) == tail;
  }

  /** As much of the body as comes; the status has been said, so a body that stalls is cut short. */
  private static String body(DataInputStream in, Map<String, String> headers, long untilNanos) {
    long wanted = length(headers.get("content-length"));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try {
      while (body.size() < wanted && System.nanoTime() < untilNanos) {
        int next = in.read();
        if (next < 0) {
          break;
        }
        body.write(next);
      }
    } catch (IOException e) {
      return body.toString(StandardCharsets.UTF_8);
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  private static long length(@Nullable String contentLength) {
    return contentLength == null || !contentLength.matches("[0-9]{1,9}")
        ? MAX_BODY
        : Math.min(Long.parseLong(contentLength), MAX_BODY);
  }
}
