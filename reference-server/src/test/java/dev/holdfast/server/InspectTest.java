package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.server.inspect.FaultPanel;
import dev.holdfast.server.wire.Http;
import dev.holdfast.server.wire.HttpText;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectTest {
  private static final String PRESS = "/inspect/fault?name=cut";

  /** One button, which does nothing but remember. */
  private static final class OneButton implements FaultPanel {
    private int pressed;

    @Override
    public List<Button> buttons() {
      return List.of(new Button("cut", "Cuts", pressed % 2 == 1, pressed));
    }

    @Override
    public String chatUrl() {
      return "http://127.0.0.1:1/";
    }

    @Override
    public boolean press(String name) {
      pressed++;
      return name.equals("cut");
    }
  }

  private static ReferenceServer inspected() throws IOException {
    return ReferenceServer.start(ServerOptions.builder().inspection(new OneButton()).build());
  }

  @Test
  void showsSessionsRunsAndAuditButNoContent() throws IOException {
    try (ReferenceServer server = inspected()) {
      Http.post(server, "/api/chat", "{\"message\":\"a secret\",\"session_id\":\"watched\"}");
      String state = Http.get(server, "/inspect/state").body();
      assertTrue(state.contains("\"session_id\":\"watched\""), state);
      assertTrue(state.contains("http_chat"), state);
      assertTrue(state.contains("retained_frames"), state);
      assertFalse(state.contains("a secret"), state);
      assertEquals(200, Http.get(server, "/inspect").status());
    }
  }

  @Test
  void aButtonIsPressedOnlyFromItsOwnPage() throws IOException {
    try (ReferenceServer server = inspected()) {
      assertEquals(403, Http.post(server, PRESS, "").status());
      String[] foreign = {"X-Holdfast-Inspect", "1", "Origin", "http://localhost:1"};
      assertEquals(403, Http.post(server, PRESS, "", foreign).status());
      String[] forwarded = {"X-Holdfast-Inspect", "1", "X-Forwarded-For", "1.2.3.4"};
      assertEquals(403, Http.post(server, PRESS, "", forwarded).status());
      String[] own = {"X-Holdfast-Inspect", "1", "Origin", server.httpUrl()};
      HttpText pressed = Http.post(server, PRESS, "", own);
      assertEquals(200, pressed.status());
      assertTrue(pressed.body().contains("\"on\":true"), pressed.body());
      assertEquals(404, Http.post(server, "/inspect/fault?name=odd", "", own).status());
    }
  }

  @Test
  void isNotThereUnlessAskedFor() throws IOException {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      assertEquals(404, Http.get(server, "/inspect").status());
      assertEquals(404, Http.get(server, "/inspect/state").status());
    }
  }
}
