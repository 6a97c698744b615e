package dev.holdfast.protocol.broken;

import java.util.Map;
import java.util.Optional;

/** Where a twin's fault was seen in a real system: public reports, by the twin's name. */
public final class FromLife {
  private static final String HUB = "https://github.com/";

  private static final Map<String, String> REPORTS =
      Map.ofEntries(
          Map.entry("resume-works-only-once", HUB + "socketio/socket.io/issues/4880"),
          Map.entry("heartbeat-outlives-its-socket", HUB + "machinezone/IXWebSocket/issues/495"),
          Map.entry("failed-retry-clears-the-timer", HUB + "mqttjs/MQTT.js/issues/295"),
          Map.entry("counts-every-attempt-as-the-first", HUB + "versatica/JsSIP/issues/148"),
          Map.entry("connects-after-goodbye", HUB + "lukeed/sockette/issues/46"),
          Map.entry("never-notices", HUB + "websockets/ws/issues/1467"),
          Map.entry("overtakes-its-queue", HUB + "socketio/socket.io-client/issues/1458"),
          Map.entry("late-close-unregisters-newer", HUB + "Netflix/zuul/pull/1280"),
          Map.entry("pong-behind-the-run", HUB + "ninenines/cowboy/issues/1675"));

  private FromLife() {}

  public static Optional<String> report(Twin twin) {
    return Optional.ofNullable(REPORTS.get(twin.name()));
  }
}
