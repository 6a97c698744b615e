package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
  @TempDir Path folder;

  /** They are warm when the load begins, and whoever waits for connections has waited in vain. */
  @Test
  void whoOnlyPollsDoesNotDial() throws Exception {
    try (var server = ReferenceServer.start(ServerOptions.builder().build());
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      LoadPlan plan =
          LoadPlan.of(
                  LoadProfile.SMOKE,
                  URI.create("ws://127.0.0.1:" + door.getLocalPort() + "/ws/chat"))
              .withHttp(URI.create(server.httpUrl()))
              .withMix(Mix.parse("poll=1"))
              .withUsers(1);
      Court court = new Court(new Checks(), folder.resolve("broken.jsonl"));

      new WarmUp(plan, court).run();

      assertEquals(1, court.checked());
      assertEquals(0, court.broken());
      door.setSoTimeout(1);
      assertThrows(SocketTimeoutException.class, door::accept);
    }
  }

  @Test
  void aModelThatIsNoneIsRefused() {
    assertTrue(ProfileSimulation.isOpen("open"));
    assertThrows(IllegalArgumentException.class, () -> ProfileSimulation.isOpen("opne"));
  }
}
