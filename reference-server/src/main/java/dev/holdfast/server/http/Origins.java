package dev.holdfast.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which web pages may talk to the server.
 *
 * <p>No {@code Origin} means no browser. The server's own pages always may, pages of this machine
 * may while the peer is this machine, all others must be listed; {@code *} lists everybody.
 */
public final class Origins {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> allowed;

  public Origins(Set<String> allowed) {
    this.allowed = allowed;
  }

  boolean allows(@Nullable String origin, @Nullable String host, boolean fromLoopback) {
    if (origin == null || allowed.contains("*") || allowed.contains(origin)) {
      return true;
    }
    try {
      URI page = new URI(origin);
      String authority = page.getRawAuthority();
      return (authority != null && authority.equalsIgnoreCase(host))
          || (fromLoopback && isLoopbackHost(page.getHost()));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** Whether a host, with or without a port, is this machine. */
  static boolean isLoopbackHost(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
    return LOOPBACK.contains(name);
  }
}
