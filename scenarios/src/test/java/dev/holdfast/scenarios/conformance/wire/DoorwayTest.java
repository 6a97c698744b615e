package dev.holdfast.scenarios.conformance.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.scenarios.conformance.wire.Doorway.HttpSay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When an attempt comes is the time of its handshake, whatever its connection did before. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DoorwayTest {
  private final WireLog log = new WireLog();

  @Test
  void handshakeOnAConnectionThatServedAnotherRequestComesWhenItIsRead() throws Exception {
    try (Doorway door = Doorway.open(log, ask -> new HttpSay(404, "{}"));
        Socket socket = dialed(door)) {
      write(socket, "GET /api/transport HTTP/1.1\r\n\r\n");
      while (socket.getInputStream().read() != '}') {
        // the head and the body of the answer
      }
      comesNow(door, socket);
    }
  }

  @Test
  void handshakeOnAConnectionThatWasMadeInAdvanceComesWhenItIsRead() throws Exception {
    try (Doorway door = Doorway.open(log, ask -> new HttpSay(404, "{}"));
        Socket socket = dialed(door)) {
      comesNow(door, socket);
    }
  }

  private static Socket dialed(Doorway door) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), door.url().getPort());
  }

  private void comesNow(Doorway door, Socket socket) throws Exception {
    long before = log.nowMs();
    await().until(() -> log.nowMs() > before + 1_000);
    long dialedMs = log.nowMs();
    write(socket, "GET /ws/chat HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
    Visitor visitor = Objects.requireNonNull(door.next(PatientWaits.PATIENCE.toMillis()));
    assertTrue(visitor.arrivedMs() >= dialedMs, visitor.arrivedMs() + " < " + dialedMs);
  }

  private static void write(Socket socket, String words) throws IOException {
    socket.getOutputStream().write(words.getBytes(StandardCharsets.ISO_8859_1));
  }
}
