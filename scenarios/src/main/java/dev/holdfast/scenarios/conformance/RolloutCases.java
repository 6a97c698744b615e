package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Case.Turn;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Section rollout: the flag and the drain. They turn the server off, so each gets a fresh process
 * and has it to itself.
 */
final class RolloutCases {
  private static final String ENABLE = "ENABLE_WEBSOCKET";
  private static final String PERCENT = "WEBSOCKET_ROLLOUT_PERCENT";
  private static final int USERS = 200;

  static final List<Case> ALL =
      List.of(
          alone(
              "rollout/kill-switch",
              "The environment is not read, or only at build time.",
              Map.of(ENABLE, "false"),
              b -> {
                b.refused("?session_id=" + b.session(), Map.of(), 403, "");
                told(b, "ana", "http");
              }),
          alone(
              "transport/switched-off-is-403",
              "The handshake is refused with another status: clients try again for ever.",
              Map.of(ENABLE, "false"),
              b -> b.refused("?session_id=" + b.session(), Map.of(), 403, "websocket_disabled")),
          alone(
              "rollout/percent",
              "The percentage is not read.",
              Map.of(PERCENT, "0"),
              b -> told(b, "ana", "http")),
          alone(
              "rollout/sticky",
              "Chance decides anew each time that a user asks.",
              Map.of(PERCENT, "50"),
              b -> {
                if (!insiders(b).equals(insiders(b))) {
                  throw new Mismatch("the same users to be in when asked again", "others");
                }
              }),
          alone(
              "rollout/by-flag-and-user",
              "Who is in depends on the process, its hash seed for example.",
              Map.of(PERCENT, "50"),
              b -> {
                Set<String> before = insiders(b);
                b.restart(Map.of(PERCENT, "50"));
                if (!before.equals(insiders(b))) {
                  throw new Mismatch("the same users to be in after a restart", "others");
                }
              }),
          alone(
              "rollout/monotonic",
              "Who is in is drawn anew for each percentage.",
              Map.of(PERCENT, "20"),
              b -> {
                Set<String> few = insiders(b);
                b.restart(Map.of(PERCENT, "60"));
                few.removeAll(insiders(b));
                if (!few.isEmpty()) {
                  throw new Mismatch("all who were in at 20 % to be in at 60 %", "out: " + few);
                }
              }),
          alone(
              "rollout/share-is-binomial",
              "The hash is taken modulo something, or of the first letter.",
              Map.of(PERCENT, "50"),
              b -> {
                int in = insiders(b).size();
                // Seven standard deviations: once in 10^11 by chance.
                if (Math.abs(in - USERS / 2) > 50) {
                  throw new Mismatch("about half of " + USERS + " users in", in + " of them");
                }
              }),
          alone(
              "http/admin-rollout-writes",
              "What was written is not what is read.",
              Map.of(),
              b -> {
                turns(b, true, 30);
                var now = b.http().json("/admin/rollout");
                if (now.path("percent").asInt() != 30 || !now.path("enabled").asBoolean()) {
                  throw new Mismatch("enabled and 30 percent", now.toString());
                }
              }),
          alone(
              "rollout/read-at-the-handshake",
              "Lowering the percentage cuts those who are talking.",
              Map.of(),
              b -> {
                Talk t = b.connect();
                turns(b, true, 0);
                t.says(b.plain());
                t.answer();
                b.refused("?session_id=" + b.session(), Map.of(), 403, "");
              }),
          alone(
              "rollout/drain-is-announced",
              "Connections are closed without a word.",
              Map.of(),
              b -> {
                Talk t = busy(b);
                turns(b, false, 100);
                Event.Text drain = t.status("drain");
                if (!drain.data("retry_after_ms").isIntegralNumber()) {
                  throw new Mismatch("retry_after_ms", drain.text());
                }
              },
              Need.SLOW_ANSWER),
          alone(
              "rollout/core-drain-is-told",
              "What is said during a drain is swallowed.",
              Map.of(),
              RolloutCases::refusedWhileDraining,
              Need.SLOW_ANSWER),
          alone(
              "rollout/drain-accepts-nothing-new",
              "What is said during a drain is taken, and cut off by its end.",
              Map.of(),
              b -> {
                Talk t = refusedWhileDraining(b);
                t.answer(2 * t.patienceMs());
                t.quiet("answer to what came in the drain", Event.Text::isAnswer);
              },
              Need.SLOW_ANSWER),
          alone(
              "rollout/drain-lets-runs-finish",
              "Runs in progress are cut off.",
              Map.of(),
              b -> {
                Talk t = busy(b);
                turns(b, false, 100);
                t.answer(2 * t.patienceMs());
              },
              Need.SLOW_ANSWER),
          alone(
              "rollout/drain-closes-4001",
              "Drained connections are closed with 1000, at which clients stop.",
              Map.of(),
              b -> {
                Talk t = b.connect();
                turns(b, false, 100);
                t.closedWith(4001, 3 * t.patienceMs());
              }),
          alone(
              "http/admin-drain",
              "There is no way to drain but to stop.",
              Map.of(),
              b -> {
                Talk t = b.connect();
                accepted(b, "POST", "/admin/drain", "");
                t.status("drain");
              }),
          alone(
              "transport/draining-is-503",
              "A server that is about to stop takes newcomers, or refuses them for good.",
              Map.of(),
              b -> {
                Talk t = busy(b);
                accepted(b, "POST", "/admin/drain", "");
                t.status("drain");
                b.refused("?session_id=" + b.session(), Map.of(), 503, "draining");
              },
              Need.SLOW_ANSWER),
          alone(
              "transport/retry-after-on-refusal",
              "Everybody comes back at once.",
              Map.of(),
              b -> {
                Talk t = busy(b);
                accepted(b, "POST", "/admin/drain", "");
                t.status("drain");
                var refused = b.refused("?session_id=" + b.session(), Map.of(), 503, "");
                if (!refused.retryAfter().matches("[0-9]+")) {
                  throw new Mismatch("Retry-After in seconds", "'" + refused.retryAfter() + "'");
                }
              },
              Need.SLOW_ANSWER));

  private RolloutCases() {}

  private static Case alone(
      String clause,
      String cause,
      Map<String, String> environment,
      Case.Script script,
      Need... more) {
    Set<Need> needs = new HashSet<>(Set.of(more));
    needs.add(Need.HTTP);
    needs.add(Need.FRESH_PROCESS);
    return Case.of(
            clause,
            cause,
            b -> {
              b.restart(environment);
              try {
                script.play(b);
              } finally {
                b.restart(Map.of());
              }
            },
            needs.toArray(Need[]::new))
        .at(Turn.ALONE);
  }

  private static void told(Bench b, String user, String transport)
      throws Finds, InterruptedException {
    var answer = b.http().json("/api/transport?user_id=" + user);
    if (!answer.path("transport").asText().equals(transport)) {
      throw new Mismatch("transport " + transport + " for " + user, answer.toString());
    }
  }

  /** Which of many users are told to take the socket. */
  private static Set<String> insiders(Bench b) throws Finds, InterruptedException {
    Set<String> in = new HashSet<>();
    for (int i = 0; i < USERS; i++) {
      String user = "user-" + i;
      var answer = b.http().json("/api/transport?user_id=" + user);
      if (answer.path("transport").asText().equals("websocket")) {
        in.add(user);
      }
    }
    return in;
  }

  private static Talk busy(Bench b) throws Finds, InterruptedException {
    Talk t = b.connect();
    t.says(b.slow());
    t.stillHears();
    return t;
  }

  private static Talk refusedWhileDraining(Bench b) throws Finds, InterruptedException {
    Talk t = busy(b);
    turns(b, false, 100);
    t.status("drain");
    t.says(b.plain());
    Event.Text error = t.error("draining");
    if (!error.data("retryable").asBoolean(false)) {
      throw new Mismatch("retryable true", error.text());
    }
    return t;
  }

  private static void turns(Bench b, boolean enabled, int percent)
      throws Finds, InterruptedException {
    var body = Json.object().put("enabled", enabled).put("percent", percent);
    accepted(b, "PUT", "/admin/rollout", body.toString());
  }

  private static void accepted(Bench b, String method, String path, String body)
      throws Finds, InterruptedException {
    int status = b.http().send(method, path, body).get().statusCode();
    if (status < 200 || status >= 300) {
      throw new Mismatch(method + " " + path + " to be accepted", "HTTP " + status);
    }
  }
}
