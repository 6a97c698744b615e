package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Section rollout: the flag, who is in and the drain. They turn the server off, so each gets a
 * fresh process and has it to itself.
 */
final class RolloutCases {
  private static final String ENABLE = "ENABLE_WEBSOCKET";
  private static final String PERCENT = "WEBSOCKET_ROLLOUT_PERCENT";
  private static final int USERS = 200;

  /** Seven standard deviations of a half: once in 10^11 by chance. */
  private static final int FAR_FROM_HALF = 50;

  private static final String ON_AND_OFF =
      "a handshake succeeded, then the server was started with the WebSocket turned off";
  private static final String SOME_IN =
      String.format(
          Locale.ROOT,
          "/api/transport answered for %d users, websocket for some and http for others",
          USERS);

  static final List<Case> ALL =
      Stream.of(switches(), shares(), DrainCases.ALL)
          .flatMap(List::stream)
          .map(RolloutCases::alone)
          .toList();

  private RolloutCases() {}

  private static List<Case> switches() {
    return List.of(
        draft("rollout/kill-switch", "The environment is not read, or only at build time.")
            .given(ON_AND_OFF, RolloutCases::switchedOff)
            .then((b, off) -> {
              for (String user : List.of("ana", "ben", "user-7")) {
                isShutOut(b, user);
                isTold(b, user, "http");
              }
            }),
        draft(
                "transport/switched-off-is-403",
                "The handshake is refused with another status: clients try again for ever.")
            .given(ON_AND_OFF, RolloutCases::switchedOff)
            .then((b, off) ->
                b.refused("?session_id=" + b.session(), Map.of(), 403, "websocket_disabled")),
        draft("rollout/percent", "The percentage is not read.")
            .given(
                "at 100 percent a user was sent to the websocket, then the server was started at 0",
                b -> {
                  b.restart(Map.of(PERCENT, "100"));
                  isTold(b, "ana", "websocket");
                  b.restart(Map.of(PERCENT, "0"));
                  return "ana";
                })
            .then((b, user) -> isTold(b, user, "http")));
  }

  private static List<Case> shares() {
    return List.of(
        draft("rollout/sticky", "Chance decides anew each time that a user asks.")
            .given(SOME_IN, b -> some(b, 50))
            .then((b, in) -> {
              if (!in.equals(insiders(b))) {
                throw new Mismatch("the same users to be in when asked again", "others");
              }
            }),
        draft(
                "rollout/by-flag-and-user",
                "Who is in depends on the process, its hash seed for example.")
            .given(SOME_IN + ", then the server was started again", b -> someAndAgain(b, 50, 50))
            .then((b, in) -> {
              if (!in.equals(insiders(b))) {
                throw new Mismatch("the same users to be in after a restart", "others");
              }
            }),
        draft("rollout/monotonic", "Who is in is drawn anew for each percentage.")
            .given(
                SOME_IN + " at 20 percent, then the server was started at 60",
                b -> someAndAgain(b, 20, 60))
            .then((b, few) -> {
              Set<String> out = new HashSet<>(few);
              out.removeAll(insiders(b));
              if (!out.isEmpty()) {
                throw new Mismatch("all who were in at 20 % to be in at 60 %", "out: " + out);
              }
            }),
        draft(
                "rollout/share-is-binomial",
                "The hash is taken modulo something, or of the first letter.")
            .given(
                "at 50 percent /api/transport answered for " + USERS + " users",
                b -> {
                  b.restart(Map.of(PERCENT, "50"));
                  return insiders(b).size();
                })
            .then((b, in) -> {
              if (Math.abs(in - USERS / 2) > FAR_FROM_HALF) {
                throw new Mismatch("about half of " + USERS + " users in", in + " of them");
              }
            }));
  }

  private static Draft<Bench, Case> draft(String clause, String cause) {
    return Case.of(clause, cause, Need.TRANSPORT, Need.FRESH_PROCESS);
  }

  /** Played by itself, and the server is left as it was before. */
  private static Case alone(Case one) {
    Draft.Script<Bench> script =
        b -> {
          try {
            one.script().play(b);
          } finally {
            b.restart(Map.of());
          }
        };
    return new Case(
        one.address(),
        one.clause(),
        one.profile(),
        one.needs(),
        one.premise(),
        one.cause(),
        script,
        Turn.ALONE);
  }

  private static Talk switchedOff(Bench b) throws Finds, InterruptedException {
    b.restart(Map.of());
    Talk before = b.connect();
    b.restart(Map.of(ENABLE, "false"));
    return before;
  }

  /** No handshake succeeds; with which status it is refused is another clause's. */
  private static void isShutOut(Bench b, String user) throws Finds {
    try {
      b.open("?session_id=" + b.session() + "&user_id=" + user).peer().close();
    } catch (Mismatch refused) {
      return;
    }
    throw new Mismatch("the handshake of " + user + " to be refused", "101 Switching Protocols");
  }

  private static void isTold(Bench b, String user, String transport)
      throws Finds, InterruptedException {
    String told = transportOf(b, user);
    if (!told.equals(transport)) {
      throw new Mismatch("transport " + transport + " for " + user, told);
    }
  }

  private static String transportOf(Bench b, String user) throws Finds, InterruptedException {
    JsonNode answer = b.http().json("/api/transport?user_id=" + user);
    String transport = answer.path("transport").asText();
    if (!transport.equals("websocket") && !transport.equals("http")) {
      throw new Unclear("/api/transport answers neither websocket nor http: " + answer);
    }
    return transport;
  }

  /** Which of many users are told to take the socket. */
  private static Set<String> insiders(Bench b) throws Finds, InterruptedException {
    Set<String> in = new HashSet<>();
    for (int i = 0; i < USERS; i++) {
      String user = "user-" + i;
      if (transportOf(b, user).equals("websocket")) {
        in.add(user);
      }
    }
    return in;
  }

  /** The users that are in, where some are and some are not. */
  private static Set<String> some(Bench b, int percent) throws Finds, InterruptedException {
    b.restart(Map.of(PERCENT, String.valueOf(percent)));
    Set<String> in = insiders(b);
    if (in.isEmpty() || in.size() == USERS) {
      throw new Unclear(
          String.format(
              Locale.ROOT, "at %d percent %d of %d users are in", percent, in.size(), USERS));
    }
    return in;
  }

  private static Set<String> someAndAgain(Bench b, int percent, int then)
      throws Finds, InterruptedException {
    Set<String> in = some(b, percent);
    b.restart(Map.of(PERCENT, String.valueOf(then)));
    return in;
  }
}
