package dev.holdfast.server.http;

import dev.holdfast.server.web.Asset;

/** Files as answers. */
final class Answers {
  private Answers() {}

  static Answer of(Asset asset) {
    return new Answer(200, asset.contentType(), asset.body(), asset.headers());
  }
}
