package dev.holdfast.proxy.engine;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Something that puts misbehaving links in front of a server: embedded, an external Toxiproxy, or
 * one in a container. All are driven through Toxiproxy's HTTP API; none stands in for another
 * silently.
 */
public interface FaultEngine extends AutoCloseable {
  /** embedded, external or container. */
  String name();

  /** Where its HTTP API is. */
  URI api();

  /** A link to the server, listening on a free loopback port. */
  Link open(String linkName, InetSocketAddress upstream);

  /** Whether it knows this fault: {@code down}, a toxic, or one that only embedded has. */
  boolean supports(String fault);

  /**
   * Whether a link through which nothing passes makes its sender wait soon. An engine with large
   * buffers takes what should wait at the server.
   */
  default boolean holdsBack() {
    return true;
  }

  @Override
  void close();
}
