package dev.holdfast.cli.run;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the address of a server under test, and says what a good one looks like. */
public final class TargetUrl implements ITypeConverter<URI> {
  private static final String GOOD = "; a good one is ws://127.0.0.1:8001/ws/chat";
  private static final String USUAL_PATH = "/ws/chat";
  private static final int MOST_PORT = 65_535;

  @Override
  public URI convert(String text) {
    try {
      return parse(text);
    } catch (UsageError e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * The address in a text; without a path it gets the protocol's own.
   *
   * @throws UsageError if it is none
   */
  public static URI parse(String text) {
    if (!text.contains("://")) {
      throw bad(text, "does not begin with ws:// or wss://");
    }
    URI url = syntax(text);
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "ws", "wss" -> {}
      case "http", "https" ->
          throw bad(text, "is an address of HTTP, not of a WebSocket: write ws:// or wss://");
      default -> throw bad(text, "does not begin with ws:// or wss://");
    }
    if (url.getHost() == null) {
      throw bad(text, "names no host");
    }
    if (url.getPort() == 0 || url.getPort() > MOST_PORT) {
      throw bad(text, "has a port outside 1 to " + MOST_PORT);
    }
    if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw bad(text, "has a user, query or fragment: Holdfast adds ?session_id= itself");
    }
    boolean bare = url.getRawPath() == null || url.getRawPath().isEmpty();
    return bare ? URI.create(text + USUAL_PATH) : url;
  }

  private static URI syntax(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw bad(text, "cannot be read: " + e.getReason());
    }
  }

  private static UsageError bad(String text, String what) {
    return new UsageError("'" + text + "' " + what + GOOD);
  }

  /** The port that it leads to, written or implied. */
  public static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "wss".equals(url.getScheme()) ? 443 : 80;
  }
}
