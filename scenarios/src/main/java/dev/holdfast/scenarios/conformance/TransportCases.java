package dev.holdfast.scenarios.conformance;

import static dev.holdfast.scenarios.conformance.Case.one;

import dev.holdfast.protocol.Names;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.RawPeer.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Section transport: the handshake, and what a WebSocket message may look like. */
final class TransportCases {
  /** Queries with a session id that no server should take, by what is wrong with it. */
  private static final Map<String, String> BAD_SESSIONS = new LinkedHashMap<>();

  /** Bytes that are no UTF-8, by why. */
  private static final Map<String, byte[]> BAD_UTF8 = new LinkedHashMap<>();

  static {
    BAD_SESSIONS.put("space", "no%20spaces");
    BAD_SESSIONS.put("empty", "");
    BAD_SESSIONS.put("129-characters", "x".repeat(129));
    BAD_SESSIONS.put("slash", "..%2Fetc%2Fpasswd");
    BAD_SESSIONS.put("umlaut", "m%C3%BCller");
    BAD_SESSIONS.put("nul", "a%00b");
    BAD_SESSIONS.put("line-break", "a%0D%0Ab");
    BAD_UTF8.put("stray-byte", new byte[] {(byte) 0xff});
    BAD_UTF8.put("overlong", new byte[] {(byte) 0xc0, (byte) 0xaf});
    BAD_UTF8.put("surrogate", new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    BAD_UTF8.put("cut-short", new byte[] {(byte) 0xe2, (byte) 0x82});
  }

  static final List<Case> ALL = all();

  private TransportCases() {}

  private static List<Case> all() {
    List<Case> cases = new ArrayList<>(handshake());
    BAD_SESSIONS.forEach((word, bad) ->
        cases.add(
            one(
                "transport/bad-session-id-is-400",
                word,
                "The session id is taken as it comes; check it before the upgrade.",
                b -> b.refused("?session_id=" + bad, Map.of(), 400, "bad_session_id"))));
    cases.addAll(messages());
    BAD_UTF8.forEach((word, bytes) ->
        cases.add(
            one(
                "transport/bad-utf8-closes-1007",
                word,
                "Bytes are decoded leniently, so that damaged text reaches the agent.",
                b -> {
                  Talk t = b.connect();
                  t.sendsRaw(() -> t.peer().textBytes(around(bytes)));
                  t.closedWith(1007);
                })));
    return List.copyOf(cases);
  }

  private static List<Case> handshake() {
    return List.of(
        Case.of(
            "transport/opens-a-session",
            "Another path is served, or the handshake wants more than RFC 6455.",
            b -> b.open("?session_id=" + b.session())),
        alphabet("one-character", "a"),
        alphabet("128-characters", "Az09._-".repeat(19).substring(0, 128)),
        alphabet("dots-and-dashes", "._-..--__"),
        Case.of(
            "transport/session-id-is-minted",
            "A missing session id is an error, or a constant, or a counter.",
            TransportCases::minted),
        one(
            "transport/user-id-alphabet",
            "good",
            "The user id is refused, or the handshake knows no second parameter.",
            b -> b.open("?session_id=" + b.session() + "&user_id=ana.b-c_d9").greeting()),
        one(
            "transport/user-id-alphabet",
            "bad",
            "The user id is taken as it comes; it ends up in logs and labels.",
            b -> b.refused("?session_id=" + b.session() + "&user_id=a%20b", Map.of(), 400, "")),
        Case.of(
            "transport/user-id-proves-nothing",
            "Connections of one user id are put together, whatever their session.",
            TransportCases::sameUser),
        Case.of(
            "transport/refusals-carry-json",
            "The framework's own error page is sent.",
            TransportCases::refusalIsJson),
        Case.of(
            "transport/foreign-origin-is-403",
            "The Origin header is not looked at: any web page can talk for its visitor.",
            b ->
                b.refused(
                    "?session_id=" + b.session(),
                    Map.of("Origin", "https://evil.example"),
                    403,
                    "origin_forbidden")),
        Case.of(
            "transport/compression-is-optional",
            "permessage-deflate is demanded, or used without having been offered.",
            b -> {
              Talk t = b.connect();
              t.says(b.plain());
              t.answer();
            }));
  }

  private static Case alphabet(String word, String id) {
    return one(
        "transport/session-id-alphabet",
        word,
        "The session id is checked for a format of the server's own, a UUID for example.",
        b -> {
          Talk t = b.open("?session_id=" + unused(b, id));
          t.greeting();
          t.says(b.plain());
          t.answer();
        });
  }

  /** An id of this length that is this run's own where its length leaves room for that. */
  private static String unused(Bench b, String id) {
    String own = b.session().replaceAll("[^A-Za-z0-9]", "");
    return id.length() < 100 ? id : own.substring(0, 30) + id.substring(30);
  }

  private static void minted(Bench b) throws Finds, InterruptedException {
    String first = b.open("").greeting().data("session_id").asText();
    String second = b.open("").greeting().data("session_id").asText();
    if (!Names.valid(first) || first.length() < 20) {
      throw new Mismatch("a minted session_id of 128 bits in the greeting", "'" + first + "'");
    }
    if (first.equals(second) || first.substring(0, 16).equals(second.substring(0, 16))) {
      throw new Mismatch("session ids that nobody can guess", first + " and " + second);
    }
  }

  private static void sameUser(Bench b) throws Finds, InterruptedException {
    Talk ana = b.open("?session_id=" + b.session() + "&user_id=ana");
    Talk thief = b.open("?session_id=" + b.session() + "&user_id=ana");
    ana.greeting();
    thief.greeting();
    ana.says(b.plain());
    ana.terminal();
    thief.quiet("frame of another session", e -> e.isOfRun());
  }

  private static void refusalIsJson(Bench b) throws Finds {
    Refused refused = b.refused("?session_id=no%20spaces", Map.of(), 400, "");
    var body = Json.readOrNull(refused.body());
    boolean good = body != null && body.path("error").isTextual() && body.path("code").isTextual();
    if (!good) {
      throw new Mismatch("a JSON body with error and code", "'" + refused.body() + "'");
    }
  }

  private static List<Case> messages() {
    return List.of(
        fragments("small", 7),
        fragments("single-bytes", 1),
        one(
            "transport/fragments-work",
            "ping-between",
            "A control frame between fragments ends the message.",
            b -> {
              Talk t = b.connect();
              byte[] text = message(b).getBytes(StandardCharsets.UTF_8);
              byte[] head = java.util.Arrays.copyOfRange(text, 0, 9);
              byte[] rest = java.util.Arrays.copyOfRange(text, 9, text.length);
              t.sendsRaw(() -> t.peer().frame(0x01, head, true));
              t.sendsRaw(() -> t.peer().frame(0x89, new byte[] {7}, true));
              t.sendsRaw(() -> t.peer().frame(0x80, rest, true));
              t.answer();
            }),
        Case.of(
            "transport/binary-closes-1003",
            "Binary frames are ignored or read as text.",
            b -> {
              Talk t = b.connect();
              t.sendsRaw(() -> t.peer().binary(new byte[] {1, 2, 3}));
              t.closedWith(1003);
            }),
        oversize("one-frame", false),
        oversize("fragments", true));
  }

  private static Case fragments(String word, int bytes) {
    return one(
        "transport/fragments-work",
        word,
        "Each WebSocket frame is taken for a message; wait for the frame with FIN.",
        b -> {
          Talk t = b.connect();
          t.sendsRaw(() -> t.peer().fragments(message(b), bytes));
          t.answer();
        });
  }

  private static String message(Bench b) {
    var frame = Json.frame("message", "content", b.plain());
    return b.target().dialect().theirs(frame).toString();
  }

  private static Case oversize(String word, boolean inFragments) {
    return one(
        "transport/oversize-closes-1009",
        word,
        "No limit is set, or the library's own closes without the code.",
        b -> {
          Talk t = b.connect();
          String text = "{\"type\":\"ping\",\"data\":{\"x\":\"" + "x".repeat(1_200_000) + "\"}}";
          try {
            if (inFragments) {
              t.peer().fragments(text, 300_000);
            } else {
              t.peer().text(text);
            }
          } catch (java.io.IOException e) {
            b.log().note("c1", "the server did not read all of it: " + e.getMessage());
          }
          t.closedWith(1009);
        });
  }

  private static byte[] around(byte[] bad) {
    byte[] head = "{\"type\":\"ping\",\"data\":{\"x\":\"".getBytes(StandardCharsets.US_ASCII);
    byte[] tail = "\"}}".getBytes(StandardCharsets.US_ASCII);
    var all = new java.io.ByteArrayOutputStream();
    all.writeBytes(head);
    all.writeBytes(bad);
    all.writeBytes(tail);
    return all.toByteArray();
  }
}
