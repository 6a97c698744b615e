package dev.holdfast.cli.config;

import dev.holdfast.cli.run.TargetUrl;
import dev.holdfast.scenarios.chaos.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What {@code {port}} stands for in the addresses of a target: the port of its WebSocket where that
 * is given, else a free one, the same each time.
 */
final class Port {
  static final String WORD = ServerProcess.PORT;

  private final @Nullable URI typed;
  private int number;

  /**
   * The port of one target.
   *
   * @param typed the address on the command line, which comes before that in the file
   */
  Port(@Nullable URI typed) {
    this.typed = typed;
  }

  /** The text with the number in it. */
  String in(String text) {
    return text.contains(WORD) ? text.replace(WORD, String.valueOf(number())) : text;
  }

  /** From here on it is the port of this address. */
  void isOf(URI url) {
    number = TargetUrl.port(url);
  }

  private int number() {
    if (number == 0) {
      number = typed == null ? free() : TargetUrl.port(typed);
    }
    return number;
  }

  private static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }
}
