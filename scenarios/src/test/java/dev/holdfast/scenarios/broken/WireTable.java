package dev.holdfast.scenarios.broken;

import static dev.holdfast.scenarios.broken.Rewrites.text;

import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Servers that are wrong in what they read from the wire or write to it. */
final class WireTable {
  private static final AtomicInteger LOTS = new AtomicInteger();

  static final List<BrokenTwin> ALL =
      List.of(
          is(
              "serves-another-path",
              "Knows no /ws/chat.",
              Rewrites.request("^GET /ws/chat", "GET /socket"),
              "transport/opens-a-session"),
          is(
              "wants-uuids",
              "Takes session ids only that are UUIDs.",
              Rewrites.request("session_id=(?![0-9a-f]{8}-)[^& ]*", "session_id=%20"),
              "transport/session-id-alphabet/*"),
          is(
              "accepts-any-session-id",
              "Turns a bad session id into a good one and lets it in.",
              Rewrites.request(
                  "session_id=(?![A-Za-z0-9._-]{1,128}[& ])[^& ]*", "session_id=mended"),
              "transport/bad-session-id-is-400/*"),
          is(
              "everybody-is-guest",
              "Gives everybody without a session id the same one.",
              Rewrites.request(
                  "^GET /ws/chat ", "GET /ws/chat?session_id=guest-guest-guest-guest "),
              "transport/session-id-is-minted"),
          is(
              "refuses-user-ids",
              "Knows no user_id.",
              Rewrites.request("&user_id=[^& ]*", "&user_id=%20"),
              "transport/user-id-alphabet/good"),
          is(
              "ignores-user-ids",
              "Looks at no user_id.",
              Rewrites.request("&user_id=[^& ]*", ""),
              "transport/user-id-alphabet/bad"),
          is(
              "one-session-a-user",
              "Takes the user id for the session id.",
              Rewrites.request("session_id=[^& ]*&user_id=([^& ]*)", "session_id=$1"),
              "transport/user-id-proves-nothing",
              "transport/user-id-proves-nothing/in-resume"),
          is(
              "refuses-in-html",
              "Sends a page of HTML with each refusal.",
              Rewrites.body("(?s)^\\{\"error\".*", "<html><body>No.</body></html>"),
              "transport/refusals-carry-json",
              "transport/bad-session-id-is-400/space"),
          is(
              "ignores-origins",
              "Never looks at Origin.",
              Rewrites.request("(?i)\r\nOrigin: [^\r]*", ""),
              "transport/foreign-origin-is-403",
              "http/admin-without-bearer-is-local",
              "push/needs-the-admin"),
          is(
              "demands-compression",
              "Refuses clients without permessage-deflate.",
              Rewrites.request(
                  "(?s)Sec-WebSocket-Version: 13(?!.*permessage)", "Sec-WebSocket-Version: 8"),
              "transport/compression-is-optional"),
          is(
              "swallows-long-messages",
              "Ignores what is longer than it likes.",
              Rewrites.swallows(f -> f.length() > 200_000),
              "transport/oversize-closes-1009/*"),
          is(
              "short-buffers",
              "Drops messages of more than 4,096 bytes.",
              Rewrites.swallows(f -> f.length() > 4_096),
              "conversation/one-terminal-frame/long-message"),
          is(
              "speaks-ascii",
              "Drops messages with other than ASCII characters.",
              Rewrites.swallows(text("[^\\x00-\\x7f]")),
              "conversation/one-terminal-frame/all-of-unicode"),
          is(
              "wants-ids",
              "Drops messages without an id.",
              Rewrites.swallows(text("^(?!.*\"id\":).*\"type\":\"message\"")),
              "conversation/one-terminal-frame/without-id"),
          is(
              "wants-ping-ids",
              "Drops pings without an id.",
              Rewrites.swallows(text("^(?!.*\"id\":).*\"type\":\"ping\"")),
              "heartbeat/ping-is-answered/without-id-or-data"),
          is(
              "forgets-pings",
              "Answers no more than twenty pings.",
              Rewrites.afterSoMany(20, text("\"type\":\"ping\""), false),
              "heartbeat/ping-is-answered/fifty-in-a-row"),
          is(
              "forgets-the-eleventh",
              "Keeps no more than ten messages.",
              Rewrites.afterSoMany(10, text("\"type\":\"message\""), false),
              "conversation/answers-in-order/twenty-pipelined"),
          is(
              "never-forgives",
              "Counts bad frames for the whole life of a connection.",
              Rewrites.afterSoMany(9, text("^not JSON"), true),
              "envelope/good-frame-restarts-the-count"),
          is(
              "dies-of-the-unexpected",
              "Ends the connection at a frame that only servers send.",
              Rewrites.diesOf(text("\"type\":\"(status|tool_execution|pong)\"")),
              "envelope/server-skips-the-unexpected/*"),
          is(
              "answers-errors",
              "Answers an error with an error.",
              Rewrites.heard("^.*\"type\":\"error\".*$", "not JSON"),
              "envelope/errors-are-not-answered"),
          is(
              "closes-the-next-too",
              "Closes whoever comes after a connection that died.",
              Rewrites.closesAnother(),
              "heartbeat/timers-belong-to-the-connection"),
          is(
              "ignores-case",
              "Takes session ids that differ in case for one.",
              Rewrites.request("-(aB|Ab) ", "-ab "),
              "isolation/frames-stay-in-their-session/similar-ids"),
          is(
              "deaf-after-oddities",
              "Reads nothing more on a connection after anything odd.",
              () -> new DeafAfterOddities(false),
              "envelope/never-deaf/*"),
          is(
              "oddities-stop-all",
              "Reads nothing more from anybody after anything odd.",
              () -> new DeafAfterOddities(true),
              "isolation/bad-peer-harms-no-other-session/*",
              "isolation/health-answers-throughout/*"),
          is(
              "one-at-a-time",
              "Reads nothing while it works on a message.",
              OneAtATime::new,
              "conversation/reads-on-during-a-run",
              "heartbeat/pong-while-busy/behind-ten-messages"),
          // what frames look like
          is(
              "pongs-in-words",
              "Says pong and not in JSON.",
              Rewrites.said("^\\{\"type\":\"pong\".*$", "pong"),
              "transport/one-object-a-text-frame"),
          is(
              "data-is-a-list",
              "Writes data as a list where it is empty.",
              Rewrites.said("\"data\":(null|\\{\\})", "\"data\":[]"),
              "envelope/type-and-data"),
          is(
              "types-of-its-own",
              "Has a frame type for progress.",
              Rewrites.said(
                  "\"type\":\"status\",\"data\":\\{\"status\":\"processing\"",
                  "\"type\":\"progress\",\"data\":{\"status\":\"processing\""),
              "envelope/six-types"),
          is(
              "numbers-its-runs",
              "Writes run_id as a number.",
              Rewrites.said("\"run_id\":\"[^\"]*\"", "\"run_id\":5"),
              "envelope/optional-fields-keep-their-kind"),
          is(
              "ids-with-blanks",
              "Puts a blank into reply_to.",
              Rewrites.said("\"reply_to\":\"", "\"reply_to\":\"re: "),
              "envelope/id-alphabet"),
          is(
              "leaves-timestamps-out",
              "Writes timestamps on answers only.",
              Rewrites.said("(\"pong\".*),\"timestamp\":\"[^\"]*\"", "$1"),
              "envelope/timestamp-always-sent"),
          is(
              "timestamps-of-seconds",
              "Writes timestamps without milliseconds.",
              Rewrites.said("(\"timestamp\":\"[^\".]*)\\.\\d{3}Z\"", "$1Z\""),
              "envelope/timestamp-is-utc-milliseconds"),
          is(
              "errors-without-words",
              "Says what is wrong in a field of its own.",
              Rewrites.said("\"data\":\\{\"error\":", "\"data\":{\"detail\":"),
              "envelope/error-has-data-error"),
          is(
              "perhaps-retryable",
              "Writes retryable as a word.",
              Rewrites.said("(\"type\":\"error\",\"data\":\\{)", "$1\"retryable\":\"perhaps\","),
              "envelope/error-retryable-is-boolean"),
          is(
              "greets-briefly",
              "Leaves the heartbeat interval out of the greeting.",
              Rewrites.said("\"heartbeat_interval_ms\":\\d+,?", ""),
              "conversation/greeting-fields"),
          is(
              "nameless-calls",
              "Leaves tool_call_id out.",
              Rewrites.said("\"tool_call_id\":\"[^\"]*\",?", ""),
              "conversation/tool-execution-fields"),
          is(
              "artifacts-in-words",
              "Writes artifacts as a text.",
              Rewrites.said("\"artifacts\":\\[", "\"artifacts\":\"none\",\"list\":["),
              "conversation/terminal-message-fields"),
          is(
              "pings-without-id",
              "Sends pings that nobody can name.",
              Rewrites.said("^(\\{\"type\":)\"pong\"(.*)$", "$1\"ping\"$2"),
              "heartbeat/ping-has-an-id"),
          is(
              "hides-its-run-timeout",
              "Leaves a limit out of connected.",
              Rewrites.said("\"run_timeout_ms\":\\d+,?", ""),
              "resume/connected-tells-limits"),
          is(
              "rounds-positions",
              "Reads any number as a position.",
              Rewrites.heard("\"seq\":(1\\.0|1e0|-1|9007199254740992)", "\"seq\":1"),
              "envelope/integers-are-plain/*"),
          // HTTP
          is(
              "has-no-chat",
              "Knows no /api/chat.",
              Rewrites.request("^POST /api/chat", "POST /api/say"),
              "http/chat-request",
              "http/chat-request/*",
              "resume/bad-token-is-403-over-http/right-token"),
          is(
              "answers-without-run",
              "Leaves run_id out of an answer.",
              Rewrites.body("\"run_id\"", "\"run\""),
              "http/chat-response"),
          is(
              "another-agent",
              "Answers otherwise over HTTP.",
              Rewrites.body("\"response\":\"", "\"response\":\"Dear customer, "),
              "http/same-agent"),
          is(
              "transport-in-own-words",
              "Calls the socket ws.",
              Rewrites.body("\"transport\":\"websocket\"", "\"transport\":\"ws\""),
              "http/transport-answer"),
          is(
              "hides-subprotocols",
              "Lists no subprotocols.",
              Rewrites.body("\"subprotocols\"", "\"protocols\""),
              "http/transport-lists-subprotocols"),
          missing("health"),
          missing("ready"),
          missing("metrics"),
          is(
              "has-no-front-page",
              "Has nothing at /.",
              Rewrites.request("^GET / ", "GET /nothing "),
              "http/front-page"),
          is(
              "has-no-admin",
              "Knows no /admin.",
              Rewrites.request("^(PUT|POST) /admin/", "$1 /nothing/"),
              "http/admin-rollout-writes",
              "http/admin-drain"),
          is(
              "keeps-the-share-to-itself",
              "Leaves percent out.",
              Rewrites.body("\"percent\"", "\"share\""),
              "http/admin-rollout-reads"),
          is(
              "draws-lots",
              "Decides anew each time who is in.",
              Rewrites.body((request, body) -> drawn(body)),
              "rollout/sticky",
              "rollout/by-flag-and-user",
              "rollout/monotonic"),
          is(
              "lets-all-in",
              "Lets everybody in at any percentage.",
              Rewrites.body("\"transport\":\"http\"", "\"transport\":\"websocket\""),
              "rollout/share-is-binomial",
              "rollout/percent"),
          // resume
          is(
              "knows-no-subprotocol",
              "Speaks core to everybody.",
              Rewrites.request("(?i)\r\nSec-WebSocket-Protocol: [^\r]*", ""),
              "transport/server-echoes-subprotocol",
              "transport/forbidden-is-403",
              "resume/core-handshake-to-a-resume-session-is-403"),
          is(
              "resume-for-all",
              "Wants a hello from everybody.",
              Rewrites.request(
                  "(?is)^(GET /ws/chat(?!.*Sec-WebSocket-Protocol).*)\r\n\r\n$",
                  "$1\r\nSec-WebSocket-Protocol: agent-chat.v1\r\n\r\n"),
              "transport/no-subprotocol-means-core"));

  private WireTable() {}

  private static String drawn(String body) {
    String lot = LOTS.incrementAndGet() % 3 == 0 ? "websocket" : "http";
    return body.replaceFirst("\"transport\":\"[a-z]+\"", "\"transport\":\"" + lot + "\"");
  }

  private static BrokenTwin missing(String path) {
    return is(
        "has-no-" + path,
        "Knows no /" + path + ".",
        Rewrites.request("^GET /" + path + " ", "GET /nothing "),
        "http/" + path);
  }

  private static BrokenTwin is(
      String name, String sentence, Supplier<Meddling> meddling, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Meddled(meddling));
  }
}
