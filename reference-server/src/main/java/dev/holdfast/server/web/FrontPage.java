package dev.holdfast.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The page at {@code /}: what this server is and where to find what. */
public final class FrontPage {
  public static final String TYPE = "text/html; charset=utf-8";

  private static final String HTML = read("front-page.html");

  private FrontPage() {}

  public static String html() {
    return HTML;
  }

  private static String read(String name) {
    try (InputStream in = FrontPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
