package dev.holdfast.client.websocket;

import dev.holdfast.protocol.client.ClientInput.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.tyrus.core.TyrusUpgradeResponse;

/** Reads the head of the HTTP response to an upgrade request, and not a byte more. */
final class ResponseHead {
  private static final int MAX_BYTES = 16 * 1024;

  private ResponseHead() {}

  static TyrusUpgradeResponse read(InputStream in) throws IOException {
    String[] lines = text(in).split("\r\n", -1);
    String[] first = lines[0].split(" ", 3);
    if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[1-5]\\d\\d")) {
      throw noAnswer("the answer is not HTTP");
    }
    TyrusUpgradeResponse response = new TyrusUpgradeResponse();
    response.setStatus(Integer.parseInt(first[1]));
    response.setReasonPhrase(first.length == 3 ? first[2] : "");
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        String name = lines[i].substring(0, colon).trim();
        List<String> values =
            response.getHeaders().computeIfAbsent(name, n -> new ArrayList<String>());
        values.add(lines[i].substring(colon + 1).trim());
      }
    }
    return response;
  }

  /**
   * The head without its end. A connection that ends before a single byte counts as unreached: a
   * proxy whose server is gone looks just like this.
   */
  private static String text(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    int matched = 0;
    while (matched < 4) {
      int b = next(in, head.size());
      if (b < 0 || head.size() == MAX_BYTES) {
        throw noAnswer(b < 0 ? "the answer broke off" : "the answer has no end");
      }
      boolean expected = b == (matched % 2 == 0 ? '\r' : '\n');
      matched = expected ? matched + 1 : b == '\r' ? 1 : 0;
      head.write(b);
    }
    return head.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  private static int next(InputStream in, int soFar) throws IOException {
    int b = -1;
    try {
      b = in.read();
    } catch (IOException e) {
      if (soFar > 0) {
        throw noAnswer("the answer broke off");
      }
    }
    if (b < 0 && soFar == 0) {
      throw new HandshakeRefused(Refused.UNREACHED, 0, "the connection ended unanswered");
    }
    return b;
  }

  private static HandshakeRefused noAnswer(String why) {
    return new HandshakeRefused(Refused.NO_ANSWER, 0, why);
  }
}
