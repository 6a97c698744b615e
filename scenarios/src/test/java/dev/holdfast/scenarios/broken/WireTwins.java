package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Meddlings that remember nothing. */
final class WireTwins {
  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":\"[^\"]*\"");
  private static final Pattern KNOWN =
      Pattern.compile("type|data|timestamp|session_id|id|content|message_history|status");
  private static final Pattern KEY = Pattern.compile("\"([A-Za-z_]+)\":");

  private WireTwins() {}

  static Meddling takesFragmentsForMessages() {
    return toServer(f ->
        f.is(WireFrame.TEXT) || f.is(WireFrame.CONTINUATION)
            ? List.of(f.as(true, WireFrame.TEXT))
            : List.of(f));
  }

  static Meddling ignoresFragments() {
    return toServer(f -> !f.fin() || f.is(WireFrame.CONTINUATION) ? List.of() : List.of(f));
  }

  static Meddling swallowsBinary() {
    return toServer(f -> f.is(WireFrame.BINARY) ? List.of() : List.of(f));
  }

  static Meddling readsBinaryAsText() {
    return toServer(f -> f.is(WireFrame.BINARY) ? List.of(WireFrame.text(f.text())) : List.of(f));
  }

  static Meddling mendsBadUtf8() {
    return toServer(
        f -> f.badUtf8() ? List.of(WireFrame.text(f.text().replace('\uFFFD', '?'))) : List.of(f));
  }

  static Meddling swallowsBadUtf8() {
    return toServer(f -> f.badUtf8() ? List.of() : List.of(f));
  }

  static Meddling dropsUnknownFields() {
    return toServer(f -> f.is(WireFrame.TEXT) && hasUnknown(f.text()) ? List.of() : List.of(f));
  }

  private static boolean hasUnknown(String text) {
    return KEY.matcher(text).results().anyMatch(key -> !KNOWN.matcher(key.group(1)).matches());
  }

  static Meddling closesWith1011Only() {
    return toPeer(f -> f.is(WireFrame.CLOSE) ? WireFrame.close(1011) : f);
  }

  /** Each timestamp is replaced by this JSON value. */
  static Meddling timestamps(String json) {
    return toPeer(f ->
        f.is(WireFrame.TEXT)
            ? WireFrame.text(TIMESTAMP.matcher(f.text()).replaceFirst("\"timestamp\":" + json))
            : f);
  }

  /** What a frame of a peer's becomes. */
  private interface Change {
    List<WireFrame> of(WireFrame frame);
  }

  private static Meddling toServer(Change change) {
    return new Meddling() {
      @Override
      public List<WireFrame> toServer(Line line, WireFrame frame) {
        return change.of(frame);
      }
    };
  }

  private static Meddling toPeer(UnaryOperator<WireFrame> change) {
    return new Meddling() {
      @Override
      public List<WireFrame> toPeer(Line line, WireFrame frame) {
        return List.of(change.apply(frame));
      }
    };
  }
}
