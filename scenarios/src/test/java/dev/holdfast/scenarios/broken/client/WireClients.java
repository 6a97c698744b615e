package dev.holdfast.scenarios.broken.client;

import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.broken.Meddling;
import dev.holdfast.scenarios.broken.client.ClientTwin.Breakage;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Clients whose frames are wrong, who read frames wrongly, or who tell of them wrongly. */
final class WireClients {
  static final List<ClientTwin> ALL =
      List.of(
          meddled(
              "two-frames-in-one-text",
              "Writes a frame twice into one text.",
              Profile.CORE,
              "transport/one-object-a-text-frame",
              () -> WireMeddlings.rewrites(t -> t + t)),
          meddled(
              "takes-fragments-for-messages",
              "Reads each WebSocket fragment as a message.",
              Profile.CORE,
              "transport/fragments-work",
              WireMeddlings::takesFragmentsForMessages),
          rewrites(
              "data-is-a-list",
              "Writes data as a list.",
              "envelope/type-and-data",
              t -> t.replace("\"data\":{", "\"data\":[],\"was\":{")),
          meddled(
              "says-that-it-types",
              "Sends frames of a type of its own.",
              Profile.CORE,
              "envelope/six-types",
              () ->
                  WireMeddlings.says(t ->
                      t.contains("\"type\":\"message\"")
                          ? List.of("{\"type\":\"typing\",\"data\":{}}", t)
                          : List.of(t))),
          rewrites(
              "replay-is-a-word",
              "Writes replay as a text.",
              "envelope/optional-fields-keep-their-kind",
              t -> "{\"replay\":\"no\"," + t.substring(1)),
          rewrites(
              "ids-with-blanks",
              "Puts blanks and hashes into ids.",
              "envelope/id-alphabet",
              t -> t.replace("\"id\":\"", "\"id\":\"# ")),
          meddled(
              "positions-with-a-point",
              "Writes positions as 1.0.",
              Profile.RESUME,
              "envelope/integers-are-plain",
              () -> WireMeddlings.rewrites(t -> t.replaceAll("\"seq\":(\\d+)", "\"seq\":$1.0"))),
          rewrites(
              "no-timestamps",
              "Sends frames without a timestamp.",
              "envelope/client-sends-timestamp",
              t -> t.replace("\"timestamp\":", "\"time\":")),
          meddled(
              "strict-about-fields",
              "Drops frames with fields that it does not know.",
              Profile.CORE,
              "envelope/unknown-fields-are-ignored",
              () -> WireMeddlings.loses("colour")),
          meddled(
              "deaf-after-rubbish",
              "Hears nothing any more after something that is no frame.",
              Profile.CORE,
              "envelope/client-skips-the-unexpected/not-a-frame"
                  + " envelope/client-skips-the-unexpected/binary"
                  + " envelope/client-skips-the-unexpected/bad-utf8"
                  + " envelope/client-skips-the-unexpected/masked-frame",
              WireMeddlings::deafAfterRubbish),
          rewrites(
              "content-has-another-name",
              "Says its words under another name.",
              "conversation/message-has-content",
              t -> t.replace("\"content\":", "\"words\":")),
          rewrites(
              "names-another-session",
              "Puts another session's id into its messages.",
              "conversation/message-names-its-own-session",
              t -> "{\"session_id\":\"somebody-elses\"," + t.substring(1)),
          rewrites(
              "history-is-a-text",
              "Sends the history of a conversation as one text.",
              "conversation/message-history-is-a-list",
              t -> t.replace("{\"content\":", "{\"message_history\":\"…\",\"content\":")),
          meddled(
              "shares-its-client-id",
              "Has the same client_id in every tab.",
              Profile.RESUME,
              "resume/client-id-is-one-a-tab",
              () ->
                  WireMeddlings.rewrites(
                      t -> t.replaceAll("\"client_id\":\"[^\"]*\"", "\"client_id\":\"tab\""))),
          meddled(
              "token-in-the-url",
              "Shows its token in the URL.",
              Profile.RESUME,
              "resume/token-never-in-a-url",
              WireMeddlings::tokenInTheUrl),
          meddled(
              "renumbers-on-the-way-back",
              "Gives positions anew when it comes back from HTTP.",
              Profile.RESUME,
              "rollout/given-position-stays",
              WireMeddlings::renumbersLater),
          told(
              "names-states-its-own-way",
              "Reports retrying instead of reconnecting.",
              "reconnect/states-are-reported",
              line -> List.of(line.replace("reconnecting", "retrying"))),
          told(
              "never-says-that-it-gave-up",
              "Does not report the state disconnected.",
              "reconnect/last-failure-disconnects reconnect/states-are-reported",
              line -> line.contains("disconnected") ? List.of() : List.of(line)),
          told(
              "tells-of-each-frame-twice",
              "Hands each frame on twice.",
              "rollout/terminal-is-shown-once/one-delivery-a-frame"
                  + " rollout/terminal-is-shown-once/across-connections",
              line -> line.contains("\"received\"") ? List.of(line, line) : List.of(line)),
          told(
              "hides-refusals",
              "Does not tell its caller that a message was refused.",
              "queue/hundred-and-first-is-refused transport/client-refuses-oversize",
              line -> line.contains("\"refused\"") ? List.of() : List.of(line)));

  private WireClients() {}

  private static ClientTwin rewrites(
      String name, String sentence, String fails, UnaryOperator<String> change) {
    return meddled(name, sentence, Profile.CORE, fails, () -> WireMeddlings.rewrites(change));
  }

  private static ClientTwin meddled(
      String name, String sentence, Profile profile, String fails, Supplier<Meddling> meddling) {
    List<String> cases = List.of(fails.split(" ", -1));
    return new ClientTwin(name, sentence, profile, cases, new Breakage.Meddled(meddling));
  }

  private static ClientTwin told(
      String name, String sentence, String fails, Function<String, List<String>> telling) {
    List<String> cases = List.of(fails.split(" ", -1));
    return new ClientTwin(name, sentence, Profile.CORE, cases, new Breakage.Mistold(() -> telling));
  }
}
