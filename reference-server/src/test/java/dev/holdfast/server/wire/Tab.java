package dev.holdfast.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.server.ReferenceServer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A browser's tab in profile resume: knows its token and positions over reconnections. */
public final class Tab {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String session;
  private final String name;
  private final String user;
  private final List<String> capabilities;
  private @Nullable RawClient client;
  private @Nullable JsonNode connected;
  private int attempt;
  private long said;
  private long seen;

  public Tab(String session) {
    this(session, "tab-1", "ana", List.of("tokens"));
  }

  public Tab(String session, String name, String user, List<String> capabilities) {
    this.session = session;
    this.name = name;
    this.user = user;
    this.capabilities = List.copyOf(capabilities);
  }

  /** Another tab that was given this one's token. */
  public Tab beside(String otherName, String otherUser) {
    Tab other = new Tab(session, otherName, otherUser, capabilities);
    other.connected = connected;
    other.seen = seen;
    return other;
  }

  /** Connects, says hello and gives the answer to it. */
  public JsonNode join(ReferenceServer server) {
    client = RawClient.resumeAs(server, session, user);
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("status", "hello").put("client_id", name).put("attempt", ++attempt);
    data.put("ack", seen);
    var offered = data.putArray("capabilities");
    capabilities.forEach(offered::add);
    if (connected != null) {
      data.set("epoch", connected.path("data").path("epoch"));
      data.set("resume_token", connected.path("data").path("resume_token"));
    }
    client.text(frame("status", data).toString());
    connected = client.next();
    return connected.path("data");
  }

  private static ObjectNode frame(String type, ObjectNode data) {
    ObjectNode frame = JSON.createObjectNode().put("type", type);
    frame.set("data", data);
    return frame;
  }

  /** Says something in the next position. */
  public Tab says(String id, String content) {
    said++;
    return saysAt(said, id, content);
  }

  public Tab saysAt(long seq, String id, String content) {
    ObjectNode data = JSON.createObjectNode().put("content", content);
    client().text(frame("message", data).put("id", id).put("seq", seq).toString());
    return this;
  }

  /** Reads on to a frame that fits; positions on the way count as seen. */
  public JsonNode until(Predicate<JsonNode> fits) {
    while (true) {
      JsonNode frame = client().next();
      seen = Math.max(seen, frame.path("seq").asLong());
      if (fits.test(frame)) {
        return frame;
      }
    }
  }

  public JsonNode untilTool(String status) {
    return until(f ->
        f.path("type").asText().equals("tool_execution")
            && f.path("data").path("status").asText().equals(status));
  }

  public JsonNode untilStatus(String status) {
    return until(f -> f.path("data").path("status").asText().equals(status));
  }

  /** The data of the next frame that ends a run. */
  public JsonNode end() {
    return until(
            f -> f.has("seq") && (f.path("type").asText().equals("error") || RawClient.isAnswer(f)))
        .path("data");
  }

  public RawClient client() {
    if (client == null) {
      throw new IllegalStateException("join first");
    }
    return client;
  }
}
