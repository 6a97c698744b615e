package dev.holdfast.scenarios.conformance.schema;

import com.networknt.schema.Error;

/** Which clause a frame breaks, by the rule of its schema that it does not fit. */
final class SchemaClauses {
  private SchemaClauses() {}

  static String of(String definition, String path, Error error) {
    boolean required = "required".equals(error.getKeyword());
    return switch (definition) {
      case "stamped" ->
          required ? "envelope/timestamp-always-sent" : "envelope/timestamp-is-utc-milliseconds";
      case "name" -> ofName(error);
      case "position" -> "envelope/integers-are-plain";
      case "positioned" -> "resume/server-positions";
      case "unpositioned" -> "resume/nothing-else-has-a-position";
      case "failure", "error" -> ofError(path);
      case "tool-call" -> "conversation/tool-execution-fields";
      case "message", "artifact" -> "conversation/terminal-message-fields";
      case "message-piece" -> "tokens/stream-frame";
      case "status-connected" -> "conversation/greeting-fields";
      case "status-connected-resume" ->
          path.endsWith("_ms") || path.contains("/max_") || path.contains("/replay_")
              ? "resume/connected-tells-limits"
              : "resume/connected-fields";
      case "status-processing" -> "conversation/stage-for-each-tool";
      case "status-caught_up" -> "resume/caught-up-ends-the-replay";
      case "status-ack" -> "resume/duplicate-id-is-told";
      case "status-drain" -> "rollout/drain-is-announced";
      case "snapshot-run", "status-snapshot" -> "resume/snapshot-fields";
      case "ping-resume" -> "heartbeat/ping-has-an-id";
      case "pong-resume" -> "heartbeat/pong-names-its-ping";
      default -> ofEnvelope(path);
    };
  }

  /** A name of the wrong kind breaks another clause than one of the wrong characters. */
  private static String ofName(Error error) {
    return "type".equals(error.getKeyword())
        ? "envelope/optional-fields-keep-their-kind"
        : "envelope/id-alphabet";
  }

  private static String ofError(String path) {
    return switch (path) {
      case "/data/code" -> "envelope/error-has-a-code";
      case "/data/retryable", "/data/indeterminate" -> "envelope/error-retryable-is-boolean";
      default -> "envelope/error-has-data-error";
    };
  }

  private static String ofEnvelope(String path) {
    if (path.equals("/type")) {
      return "envelope/six-types";
    }
    boolean beside = !path.isEmpty() && !path.startsWith("/data");
    return beside ? "envelope/optional-fields-keep-their-kind" : "envelope/type-and-data";
  }
}
