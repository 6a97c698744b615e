package dev.holdfast.scenarios.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The protocol in a server's own words, there and back. */
class DialectTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Dialect DIALECT =
      new Dialect(
          Map.of("message", "chat"),
          Map.of("type", "kind", "data", "payload"),
          Map.of("content", "text"),
          Map.of("connected", "ready"),
          Map.of("/health", "/healthz"));

  private static ObjectNode frame(String json) throws Exception {
    return (ObjectNode) JSON.readTree(json);
  }

  @Test
  void whatIsSaidIsInTheServersWords() throws Exception {
    ObjectNode theirs =
        DIALECT.theirs(frame("{\"type\":\"message\",\"data\":{\"content\":\"hi\",\"id\":\"m1\"}}"));

    assertEquals(frame("{\"kind\":\"chat\",\"payload\":{\"text\":\"hi\",\"id\":\"m1\"}}"), theirs);
  }

  @Test
  void whatIsHeardIsInTheProtocolsWords() throws Exception {
    JsonNode ours = DIALECT.ours(frame("{\"kind\":\"status\",\"payload\":{\"status\":\"ready\"}}"));

    assertEquals(frame("{\"type\":\"status\",\"data\":{\"status\":\"connected\"}}"), ours);
  }

  @Test
  void whatIsSaidComesBackAsItWas() throws Exception {
    ObjectNode said = frame("{\"type\":\"message\",\"data\":{\"content\":\"hi\"},\"timestamp\":1}");
    ObjectNode kept = said.deepCopy();

    assertEquals(said, DIALECT.ours(DIALECT.theirs(said)));
    assertEquals(kept, said, "the frame itself is left as it was");
  }

  @Test
  void whatIsNoFrameIsLeftAlone() throws Exception {
    assertEquals(JSON.readTree("[1]"), DIALECT.ours(JSON.readTree("[1]")));
    assertEquals(
        frame("{\"type\":\"x\",\"data\":7}"),
        DIALECT.ours(frame("{\"kind\":\"x\",\"payload\":7}")));
  }

  @Test
  void pathsKeepTheirQuery() {
    assertEquals("/healthz?full=1", DIALECT.path("/health?full=1"));
    assertEquals("/api/chat", DIALECT.path("/api/chat"));
    assertTrue(Dialect.NONE.isNone());
  }
}
