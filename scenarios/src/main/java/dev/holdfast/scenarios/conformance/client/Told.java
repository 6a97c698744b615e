package dev.holdfast.scenarios.conformance.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Something that the client under test told.
 *
 * @param atMs milliseconds since the case began
 */
public record Told(long atMs, String event, JsonNode data) {

  boolean isState(String state) {
    return event.equals("state") && data.path("state").asText().equals(state);
  }

  /** Whether it is a delivery of a frame in which this text stands. */
  boolean shows(String marker) {
    return event.equals("received") && data.path("frame").toString().contains(marker);
  }

  boolean isAbout(int command) {
    return data.path("n").asInt() == command;
  }
}
