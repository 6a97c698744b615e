package dev.holdfast.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.server.rollout.Rollout;
import dev.holdfast.server.rollout.RolloutSwitch;
import java.io.IOException;

/** {@code GET} and {@code PUT /admin/rollout}, {@code POST /admin/drain}. */
final class AdminEndpoints {
  private final RolloutSwitch rollout;

  AdminEndpoints(RolloutSwitch rollout) {
    this.rollout = rollout;
  }

  void showRollout(Exchange exchange) {
    exchange.answer(Answer.json(200, body(rollout.rollout())));
  }

  void changeRollout(Exchange exchange) {
    try {
      rollout.change(read(ChatRequest.object(exchange.body())));
      showRollout(exchange);
    } catch (ChatRequest.Unusable e) {
      exchange.answer(e.answer());
    } catch (IOException e) {
      exchange.answer(Answer.error(503, "unavailable", "The server cannot keep its records."));
    }
  }

  private static Rollout read(JsonNode body) throws ChatRequest.Unusable {
    JsonNode enabled = body.path("enabled");
    JsonNode percent = body.path("percent");
    boolean inRange = percent.doubleValue() >= 0 && percent.doubleValue() <= 100;
    if (!enabled.isBoolean() || !percent.isNumber() || !inRange) {
      throw new ChatRequest.Unusable(
          "invalid_request", "Needs 'enabled', true or false, and 'percent', from 0 to 100.");
    }
    return new Rollout(enabled.booleanValue(), percent.doubleValue());
  }

  private static ObjectNode body(Rollout rollout) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("enabled", rollout.enabled());
    boolean whole = rollout.percent() == Math.rint(rollout.percent());
    return whole
        ? body.put("percent", (int) rollout.percent())
        : body.put("percent", rollout.percent());
  }

  void drain(Exchange exchange) {
    try {
      rollout.drain();
      var draining = JsonNodeFactory.instance.objectNode().put("draining", true);
      exchange.answer(Answer.json(202, draining));
    } catch (IOException e) {
      exchange.answer(Answer.error(503, "unavailable", "The server cannot keep its records."));
    }
  }
}
