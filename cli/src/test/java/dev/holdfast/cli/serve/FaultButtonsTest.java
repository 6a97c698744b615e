package dev.holdfast.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class FaultButtonsTest {
  private final List<LinkState> states = new CopyOnWriteArrayList<>();

  @Test
  void cutsAConnectionThatComesBackByItself() throws Exception {
    try (FaultButtons buttons = FaultButtons.start();
        ReferenceServer server =
            ReferenceServer.start(ServerOptions.builder().inspection(buttons).build())) {
      int port = buttons.listen("127.0.0.1", 0, server.port());
      URI url = URI.create("ws://127.0.0.1:" + port + "/ws/chat");
      ClientListener listener =
          new ClientListener() {
            @Override
            public void onState(LinkState state, int attempt, long delayMs, String reason) {
              states.add(state);
            }
          };
      try (var client = new SimClient(ClientOptions.of("watched", url).withListener(listener))) {
        client.connect();
        awaitState(LinkState.CONNECTED);
        assertTrue(buttons.press("cut"));
        awaitState(LinkState.RECONNECTING);
        assertFalse(buttons.buttons().get(0).on(), "a cut is over at once");
      }
    }
  }

  @Test
  void whatIsPressedTwiceIsOver() throws Exception {
    try (FaultButtons buttons = FaultButtons.start();
        ReferenceServer server =
            ReferenceServer.start(ServerOptions.builder().inspection(buttons).build())) {
      assertFalse(buttons.press("slow"), "before anybody can come there is nothing to press");
      buttons.listen("127.0.0.1", 0, server.port());
      for (String fault : List.of("half-open", "slow", "swallow pongs")) {
        assertTrue(buttons.press(fault));
        assertEquals(1, buttons.buttons().stream().filter(b -> b.on()).count(), fault);
        assertTrue(buttons.press(fault));
        assertEquals(0, buttons.buttons().stream().filter(b -> b.on()).count(), fault);
      }
      assertFalse(buttons.press("odd"));
    }
  }

  private void awaitState(LinkState state) {
    Awaitility.await().until(() -> states.contains(state));
  }
}
