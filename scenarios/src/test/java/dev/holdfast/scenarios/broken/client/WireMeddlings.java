package dev.holdfast.scenarios.broken.client;

import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.broken.WireFrame;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is done to the bytes between a sound client and the server. */
public final class WireMeddlings {
  private static final Pattern TOKEN = Pattern.compile("\"resume_token\":\"([^\"]+)\"");

  private WireMeddlings() {}

  /** Each text of the client becomes these. */
  public static Meddling says(Function<String, List<String>> change) {
    return new Meddling() {
      @Override
      public List<WireFrame> toServer(Line line, WireFrame frame) {
        return frame.is(WireFrame.TEXT)
            ? change.apply(frame.text()).stream().map(WireFrame::text).toList()
            : List.of(frame);
      }
    };
  }

  public static Meddling rewrites(UnaryOperator<String> change) {
    return says(text -> List.of(change.apply(text)));
  }

  /** Texts of the server in which this stands never arrive. */
  public static Meddling loses(String words) {
    return new Meddling() {
      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        return frame.is(WireFrame.TEXT) && frame.text().contains(words)
            ? List.of()
            : List.of(frame);
      }
    };
  }

  /** Each fragment of the server counts as a message. */
  public static Meddling takesFragmentsForMessages() {
    return new Meddling() {
      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        boolean part = frame.is(WireFrame.CONTINUATION) || !frame.fin();
        return List.of(part ? WireFrame.text(frame.text()) : frame);
      }
    };
  }

  /** After the first thing that is no JSON object nothing is heard any more. */
  public static Meddling deafAfterRubbish() {
    return new Meddling() {
      private volatile boolean deaf;

      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        boolean text = frame.is(WireFrame.TEXT);
        deaf |= frame.is(WireFrame.BINARY) || frame.badUtf8();
        deaf |= text && !frame.text().startsWith("{");
        return deaf ? List.of() : List.of(frame);
      }
    };
  }

  /** The token that was given stands in the URL of each later handshake. */
  public static Meddling tokenInTheUrl() {
    return new Meddling() {
      private volatile String token = "";

      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        Matcher found = TOKEN.matcher(frame.is(WireFrame.TEXT) ? frame.text() : "");
        if (found.find()) {
          token = found.group(1);
        }
        return List.of(frame);
      }

      @Override
      public String request(String head) {
        return token.isEmpty()
            ? head
            : head.replaceFirst(" HTTP/1.1", "&resume_token=" + token + " HTTP/1.1");
      }
    };
  }

  /** From the second connection on positions are given anew, higher up. */
  public static Meddling renumbersLater() {
    return new Meddling() {
      private final AtomicInteger connections = new AtomicInteger();

      @Override
      public void opened(Line line) {
        connections.incrementAndGet();
      }

      @Override
      public List<WireFrame> toServer(Line line, WireFrame frame) {
        return frame.is(WireFrame.TEXT) && connections.get() > 1
            ? List.of(WireFrame.text(frame.text().replaceAll("\"seq\":(\\d+)", "\"seq\":9$1")))
            : List.of(frame);
      }
    };
  }
}
