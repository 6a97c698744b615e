package dev.holdfast.protocol.broken;

import static dev.holdfast.protocol.broken.BentServer.*;
import static dev.holdfast.protocol.broken.Twin.server;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.server.ClientPositions;
import dev.holdfast.protocol.server.Connection;
import dev.holdfast.protocol.server.HttpReply;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerOutput;
import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.pcollections.PMap;

/** Servers that fail those who are in a session together, or whom they speak to first. */
final class TogetherTwins {
  private TogetherTwins() {}

  static final List<Twin> ALL =
      List.of(
          // Sync
          server(
              "supersedes-its-tabs",
              "sync/several-clients",
              "Lets the newest tab push out the others.",
              closesOthersAfter(body -> body instanceof Status.Connected, 4204)),
          server(
              "echoes-to-the-sender-only",
              "sync/echo-reaches-every-client",
              "Tells other tabs nothing of what one said.",
              drops((input, s) ->
                  isEcho(s.frame())
                      && !(input instanceof ServerInput.Received r
                          && r.connection().equals(s.connection())))),
          server(
              "nameless-echo",
              "sync/echo-names-its-message",
              "Does not say whose message it repeats.",
              marks(TogetherTwins::isEcho, (f, e) -> e.withReplyTo(null))),
          server(
              "waits-for-nobody",
              "sync/retention-follows-the-slowest",
              "Drops what those who are here have read, though another tab is only away.",
              knows((state, input) -> Change.clients(state, longAway(state)))),
          server(
              "resets-every-tab",
              "sync/slow-tab-resets-alone",
              "Sends all tabs away when one has missed too much.",
              closesOthersAfter(TogetherTwins::isReset, 4003)),
          server(
              "room-for-everybody",
              "sync/too-many-together",
              "Closes the door behind nobody.",
              closes(4004, 0)),
          // Presence
          server(
              "counts-persons-once",
              "presence/members",
              "Says one connection of everybody.",
              says(
                  Status.Presence.class,
                  p ->
                      new Status.Presence(
                          p.members().stream()
                              .map(m -> new Member(m.userId(), 1, m.since()))
                              .toList()))),
          server(
              "tells-only-newcomers",
              "presence/on-change",
              "Tells who is here on arrival and never again.",
              drops((input, s) ->
                  isPresence(s.frame())
                      && !(input instanceof ServerInput.Received r
                          && r.connection().equals(s.connection())))),
          server(
              "says-it-five-times",
              "presence/four-a-second",
              "Repeats who is here.",
              outputs(o ->
                  o instanceof ServerOutput.Send s && isPresence(s.frame())
                      ? List.of(o, o, o, o, o)
                      : List.of(o))),
          server(
              "forgets-what-it-put-off",
              "presence/last-state-is-sent",
              "Does not tell later what it could not tell at once.",
              drops((input, s) -> input instanceof ServerInput.Woken && isPresence(s.frame()))),
          // Push
          server(
              "push-without-origin",
              "push/server-starts-a-run",
              "Does not say that it began.",
              marks(f -> f.envelope().pushed(), (f, e) -> e.withOrigin(null))),
          server(
              "takes-no-pushes",
              "push/over-http",
              "Never answers a push.",
              ignores((state, input) -> input instanceof ServerInput.Pushed)),
          server(
              "pushes-again",
              "push/asked-twice-runs-once",
              "Takes a push that comes twice for two.",
              inputs((state, input) ->
                  input instanceof ServerInput.Pushed p
                      ? new ServerInput.Pushed(p.request(), null, p.content())
                      : input)),
          server(
              "pushes-without-end",
              "push/too-many-is-429",
              "Says of every push too many that it was taken.",
              outputs(o -> answered(o, 429))),
          server(
              "pushes-to-anybody",
              "push/unknown-session-is-404",
              "Says of every push that it was taken.",
              outputs(o -> answered(o, 404))));

  private static List<ServerOutput> answered(ServerOutput output, int status) {
    return output instanceof ServerOutput.Reply r && r.reply().status() == status
        ? List.of(new ServerOutput.Reply(r.request(), new HttpReply.Pushed("r0", false)))
        : List.of(output);
  }

  private static boolean isEcho(Frame frame) {
    return frame.body() instanceof Message m && m.isEcho();
  }

  private static boolean isPresence(Frame frame) {
    return frame.body() instanceof Status.Presence;
  }

  private static boolean isReset(Body body) {
    return body instanceof Status.Connected c
        && c.resumption() != null
        && c.resumption().outcome() == Resumption.Outcome.RESET;
  }

  /** Some of what is sent never leaves, depending on what it answers. */
  private static UnaryOperator<ServerStep> drops(
      BiPredicate<ServerInput, ServerOutput.Send> meant) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          return new Step<>(
              step.state(),
              step.outputs().stream()
                  .filter(o -> !(o instanceof ServerOutput.Send s && meant.test(input, s)))
                  .toList());
        };
  }

  /** Whoever else is connected is closed when a frame of this kind is sent to one. */
  private static UnaryOperator<ServerStep> closesOthersAfter(Predicate<Body> meant, int code) {
    return sound ->
        (state, input, now) -> {
          var step = sound.step(state, input, now);
          List<ServerOutput> outputs = new ArrayList<>(step.outputs());
          for (ServerOutput output : step.outputs()) {
            if (output instanceof ServerOutput.Send s && meant.test(s.frame().body())) {
              for (Connection c : step.state().connections()) {
                if (!c.id().equals(s.connection())) {
                  outputs.add(new ServerOutput.Close(c.id(), code, "not alone"));
                }
              }
            }
          }
          return new Step<>(step.state(), outputs);
        };
  }

  /** As if whoever is not connected had left an age ago. */
  private static PMap<String, ClientPositions> longAway(SessionState state) {
    PMap<String, ClientPositions> clients = state.clients();
    for (Map.Entry<String, ClientPositions> client : clients.entrySet()) {
      ClientPositions p = client.getValue();
      clients =
          clients.plus(
              client.getKey(),
              new ClientPositions(
                  p.attempt(), p.processed(), p.acked(), p.gapAt(), Long.MIN_VALUE, p.sync()));
    }
    return clients;
  }
}
