package dev.holdfast.cli.gate;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryProbeTest {
  /** It accepts, by its queue, and says nothing. */
  @Test
  void aServerThatGreetsNobodyIsNotWaitedForForEver() throws Exception {
    try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("ws://127.0.0.1:" + mute.getLocalPort() + "/ws/chat");

      assertTimeoutPreemptively(
          Duration.ofMinutes(2),
          () -> assertThrows(SocketTimeoutException.class, () -> MemoryProbe.of(url, 1)));
    }
  }
}
