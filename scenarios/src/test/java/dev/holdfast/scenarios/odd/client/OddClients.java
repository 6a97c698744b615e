package dev.holdfast.scenarios.odd.client;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.Outbox;
import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.broken.client.ClientBends;
import dev.holdfast.scenarios.broken.client.ClientBends.Limits;
import dev.holdfast.scenarios.broken.client.ClientTwin.Breakage;
import dev.holdfast.scenarios.broken.client.InProcess;
import dev.holdfast.scenarios.broken.client.WireMeddlings;
import dev.holdfast.scenarios.conformance.client.Adapter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All odd clients. */
final class OddClients {
  private static final String INTERVAL = "HOLDFAST_HEARTBEAT_INTERVAL_MS";
  private static final Adapter SOUND = InProcess.reference(Profile.CORE);

  static final List<OddClient> ALL =
      Stream.concat(
              Stream.of(
                  OddClient.of(
                      "jitter-of-its-own",
                      "Adds up to 2 s to each delay, which cannot be overridden, and declares it.",
                      declaring(
                          core(
                              ClientBends.backoff(
                                  b -> new Backoff(b.baseMs(), b.capMs(), 2_000, b.maxAttempts()))),
                          "\"reconnect_jitter_ms\",",
                          "\"reconnect_jitter_ms\":2000")),
                  OddClient.of(
                      "tells-more-states",
                      "Reports states and fields beyond the protocol's, and disconnected before each"
                          + " reconnecting.",
                      Wrapped.lines(SOUND, OddClients::moreStates)),
                  OddClient.of(
                      "no-http",
                      "Has no HTTP fallback and does not ask for its transport.",
                      Wrapped.lines(
                          core(ClientBends.limits(OddClients::withoutAsking)),
                          line -> List.of(line.replace(",\"http_fallback\"", "")))),
                  OddClient.of(
                      "slow-to-leave",
                      "Takes 3 s to exit after the end of its input.",
                      Wrapped.leavingAfter(SOUND, 3_000)),
                  OddClient.of(
                      "delivers-in-batches",
                      "Hands frames to its application every 400 ms, several at once.",
                      Wrapped.batches(SOUND, 400)),
                  OddClient.of(
                          "no-ids",
                          "Sends frames without ids and timestamps.",
                          meddled(() ->
                              WireMeddlings.rewrites(
                                  t -> t.replaceAll(",\"(timestamp|id)\":\"[^\"]*\"", ""))))
                      .warned("envelope/client-sends-timestamp", "a timestamp is a SHOULD of core"),
                  OddClient.of(
                      "unknown-fields",
                      "Sends fields of its own in every frame.",
                      meddled(() ->
                          WireMeddlings.rewrites(t ->
                              t.startsWith("{")
                                  ? "{\"app\":{\"name\":\"odd\",\"v\":[1]}," + t.substring(1)
                                  : t))),
                  OddClient.of(
                      "late-pongs",
                      "Answers each ping after 1.5 s, and sends other frames meanwhile.",
                      meddled(LatePongs::new)),
                  OddClient.of(
                          "own-close-codes",
                          "Leaves a dead link with a code of its own, 4321.",
                          core(
                              ClientBends.changes(o ->
                                  o instanceof ClientOutput.Close c && c.code() == 4000
                                      ? new ClientOutput.Close(c.connection(), 4321, c.reason())
                                      : o)))
                      .warned("heartbeat/silence-closes-4000", "another code is a SHOULD broken"),
                  OddClient.of(
                      "pings-often",
                      "Pings twice as often as it is asked to.",
                      Wrapped.environment(SOUND, OddClients::halved)),
                  OddClient.of(
                      "tells-the-minimum",
                      "Declares nothing, obeys no setting and reports no more than it must.",
                      Wrapped.environment(
                          Wrapped.lines(SOUND, OddClients::theMinimum), OddClients::deaf)),
                  OddClient.of(
                      "sends-fragments",
                      "Sends each message in fragments of five characters.",
                      meddled(Fragments::new)),
                  OddClient.of(
                          "longer-queue",
                          "Keeps 300 messages while it is not connected.",
                          core(ClientBends.limits(OddClients::longQueue)))
                      .warned(
                          "queue/hundred-and-first-is-refused",
                          "that the 101st is refused is a SHOULD of core"),
                  OddClient.of(
                      "dials-anew-when-told",
                      "Leaves the connection that it has when it is told to connect, and dials anew.",
                      Wrapped.commands(SOUND, OddClients::leavesFirst)),
                  OddClient.of(
                      "says-it-again",
                      "Writes what was not answered once more on the next connection, in order.",
                      core(
                          ClientBends.takes((s, in) ->
                              in instanceof ClientInput.Closed c
                                  ? new ClientInput.Closed(
                                      c.connection(),
                                      c.code(),
                                      c.reason(),
                                      s.outbox().written().stream().map(Outbox.Entry::id).toList())
                                  : in)))),
              OddPrograms.ALL.stream())
          .toList();

  private OddClients() {}

  private static Adapter core(Function<ClientConfig, ClientStep> core) {
    return InProcess.changed(Profile.CORE, new Breakage.Bent(core));
  }

  private static Adapter meddled(Supplier<Meddling> meddling) {
    return InProcess.changed(Profile.CORE, new Breakage.Meddled(meddling));
  }

  /** A setting that cannot be overridden and is declared instead. */
  private static Adapter declaring(Adapter inner, String override, String setting) {
    return Wrapped.lines(
        inner,
        line ->
            List.of(
                isReady(line)
                    ? line.replace(override, "")
                        .replace("\"overrides\"", "\"settings\":{" + setting + "},\"overrides\"")
                    : line));
  }

  private static boolean isReady(String line) {
    return line.contains("\"event\":\"ready\"");
  }

  private static List<String> leavesFirst(String line) {
    String leaves = line.replace("\"connect\"", "\"disconnect\"").replace("\"n\":", "\"n\":9000");
    return line.contains("\"cmd\":\"connect\"") ? List.of(leaves, line) : List.of(line);
  }

  private static List<String> moreStates(String line) {
    String detailed = line.replace("{\"state\":", "{\"since\":12,\"network\":\"wifi\",\"state\":");
    if (line.contains("\"state\":\"connected\"")) {
      return List.of(state("authenticating"), state("syncing"), detailed, state("online"));
    }
    return line.contains("\"state\":\"reconnecting\"")
        ? List.of(state("disconnected"), detailed)
        : List.of(detailed);
  }

  private static String state(String state) {
    return "{\"event\":\"state\",\"data\":{\"state\":\"" + state + "\"}}";
  }

  private static Limits withoutAsking(ClientConfig c) {
    Limits l = Limits.of(c);
    return new Limits(false, l.connectMs(), l.queue(), l.unacked(), l.frameBytes(), false);
  }

  private static Limits longQueue(ClientConfig c) {
    Limits l = Limits.of(c);
    return new Limits(false, l.connectMs(), 300, 300, l.frameBytes(), l.asks());
  }

  private static void halved(Map<String, String> environment) {
    environment.computeIfPresent(INTERVAL, (name, ms) -> Long.toString(Long.parseLong(ms) / 2));
  }

  private static List<String> theMinimum(String line) {
    if (isReady(line)) {
      return List.of("{\"event\":\"ready\"}");
    }
    boolean more = line.contains("\"sent\"") || line.contains("\"latency\"");
    return more || line.contains("\"settled\"") ? List.of() : List.of(line);
  }

  private static void deaf(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.endsWith("_MS") || name.endsWith("_ATTEMPTS"));
  }
}
