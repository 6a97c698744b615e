package dev.holdfast.proxy.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A host and a port as Toxiproxy writes them: {@code host:port}, {@code [::1]:port}, {@code :0}.
 */
public record Address(String host, int port) {
  /** Reads an address; no host means every interface, and an empty text any port there. */
  public static Address parse(String text) throws UnknownHostException {
    if (text.isEmpty()) {
      return new Address("", 0);
    }
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new UnknownHostException("address " + text + ": missing port in address");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new Address(host, port(text, text.substring(colon + 1)));
  }

  private static int port(String text, String digits) throws UnknownHostException {
    try {
      int port = digits.isEmpty() ? 0 : Integer.parseInt(digits);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new UnknownHostException("address " + text + ": invalid port");
  }

  /** Looks the host up; may block when it is a name. */
  public InetSocketAddress resolve() throws UnknownHostException {
    return host.isEmpty()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(InetAddress.getByName(host), port);
  }

  public static String format(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    if (ip.isAnyLocalAddress()) {
      return "[::]:" + address.getPort();
    }
    String host = ip.getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
