package dev.holdfast.server.agent;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** A text as a JSON string. */
final class JsonText {
  private JsonText() {}

  static String of(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
