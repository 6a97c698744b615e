package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.Json;
import dev.holdfast.scenarios.conformance.wire.RawPeer.Refused;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/** Section rollout: the flag turned while the server runs, and the drain. */
final class DrainCases {
  private static final String DRAINING =
      "status drain came during a run, of which the end had not come";

  static final List<Case> ALL =
      List.of(
          draft("http/admin-rollout-writes", "What was written is not what is read.")
              .given("GET /admin/rollout answered 200 without a bearer", DrainCases::administered)
              .then((b, talk) -> {
                turns(b, true, 30);
                var now = b.http().json("/admin/rollout");
                if (now.path("percent").asInt() != 30 || !now.path("enabled").asBoolean()) {
                  throw new Mismatch("enabled and 30 percent", now.toString());
                }
              }),
          draft(
                  "rollout/read-at-the-handshake",
                  "Lowering the percentage cuts those who are talking.")
              .given(
                  "a connection was open when the percentage was set to 0",
                  b -> {
                    Talk talk = administered(b);
                    turns(b, true, 0);
                    return talk;
                  })
              .then((b, talk) -> {
                talk.says(b.plain());
                talk.terminal();
                b.refused("?session_id=" + b.session(), Map.of(), 403, "");
              }),
          draft("rollout/drain-is-announced", "Connections are closed without a word.")
              .given("two connections were open when the flag was turned off", DrainCases::twoOff)
              .then((b, talks) -> {
                for (Talk talk : talks) {
                  Event.Text drain = talk.status("drain");
                  if (!drain.data("retry_after_ms").isIntegralNumber()) {
                    throw new Mismatch("retry_after_ms", drain.text());
                  }
                }
              }),
          draft(
                  "rollout/core-drain-is-told",
                  "A message that arrives during a drain is lost without a word.",
                  Need.SLOW_ANSWER)
              .given("a message was sent behind it: " + DRAINING, DrainCases::saidInADrain)
              .then((b, talk) -> {
                Event.Text error = talk.error("draining");
                if (!error.data("retryable").asBoolean(false)) {
                  throw new Mismatch("retryable true", error.text());
                }
              }),
          draft(
                  "rollout/drain-accepts-nothing-new",
                  "A message that arrives during a drain is accepted, and its end cuts the answer off.",
                  Need.SLOW_ANSWER)
              .given(
                  "a message was sent behind it, and the run got its answer: " + DRAINING,
                  b -> {
                    Talk talk = saidInADrain(b);
                    talk.expect("the answer", Event.Text::isAnswer, 2 * talk.patienceMs());
                    return talk;
                  })
              .then((b, talk) ->
                  talk.quiet("answer to what came in the drain", Event.Text::isAnswer)),
          draft("rollout/drain-lets-runs-finish", "Runs in progress are cut.", Need.SLOW_ANSWER)
              .given(DRAINING, b -> draining(b, false))
              .then((b, run) -> run.talk().answer(2 * run.endsWithinMs())),
          draft(
                  "rollout/drain-closes-4001",
                  "Drained connections are closed with 1000, at which clients stop.")
              .given(
                  "a connection without a run was open when the flag was turned off",
                  b -> {
                    Talk talk = administered(b);
                    turns(b, false, 100);
                    return talk;
                  })
              .then((b, talk) -> talk.closedWith(4001, 3 * talk.patienceMs())),
          draft("http/admin-drain", "There is no way to drain but to stop.")
              .given(
                  "a connection was open when POST /admin/drain was sent",
                  b -> new Asked(administered(b), b.http().send("POST", "/admin/drain", "").get()))
              .then((b, asked) -> {
                isAccepted("POST /admin/drain", asked.response);
                asked.talk.status("drain");
              }),
          draft(
                  "transport/draining-is-503",
                  "A server that is about to stop takes newcomers, or refuses them for good.",
                  Need.SLOW_ANSWER)
              .given(DRAINING, b -> draining(b, true))
              .then((b, run) -> refused(b, "draining")),
          draft(
                  "transport/retry-after-on-refusal",
                  "Everybody comes back at once.",
                  Need.SLOW_ANSWER)
              .given(
                  "a handshake was refused with 503 in a drain",
                  b -> {
                    draining(b, true);
                    return refused(b, "").retryAfter();
                  })
              .then((b, retryAfter) -> {
                if (!retryAfter.matches("[0-9]+") && !isDate(retryAfter)) {
                  throw new Mismatch("Retry-After, seconds or a date", "'" + retryAfter + "'");
                }
              }));

  private DrainCases() {}

  /** A connection, and what POST /admin/drain got. */
  private record Asked(Talk talk, HttpResponse<String> response) {}

  private static Draft<Bench, Case> draft(String clause, String cause, Need... more) {
    Need[] needs = java.util.Arrays.copyOf(more, more.length + 2);
    needs[more.length] = Need.ADMIN;
    needs[more.length + 1] = Need.FRESH_PROCESS;
    return Case.of(clause, cause, needs);
  }

  /** A fresh process with an open connection, whose flag may be turned by anybody here. */
  private static Talk administered(Bench b) throws Finds, InterruptedException {
    b.restart(Map.of());
    HttpCases.served(b);
    return b.connect();
  }

  private static List<Talk> twoOff(Bench b) throws Finds, InterruptedException {
    List<Talk> talks = List.of(administered(b), b.connect());
    turns(b, false, 100);
    return talks;
  }

  /** A run in progress on a connection that was told of the drain. */
  private static InARun draining(Bench b, boolean byDrain) throws Finds, InterruptedException {
    b.restart(Map.of());
    HttpCases.served(b);
    InARun run = InARun.begun(b, b.session());
    if (byDrain) {
      isAccepted("POST /admin/drain", b.http().send("POST", "/admin/drain", "").get());
    } else {
      turns(b, false, 100);
    }
    run.talk().status("drain");
    if (run.talk().heard().stream().anyMatch(Event.Text::isEnd)) {
      throw new Unclear("the run was over before the drain began");
    }
    return run;
  }

  private static Talk saidInADrain(Bench b) throws Finds, InterruptedException {
    Talk talk = draining(b, false).talk();
    talk.says(b.plain());
    return talk;
  }

  private static Refused refused(Bench b, String code) throws Finds, InterruptedException {
    return b.refused("?session_id=" + b.session(), Map.of(), 503, code);
  }

  private static boolean isDate(String text) {
    try {
      var unused = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static void turns(Bench b, boolean enabled, int percent)
      throws Finds, InterruptedException {
    var body = Json.object().put("enabled", enabled).put("percent", percent);
    isAccepted("PUT /admin/rollout", b.http().send("PUT", "/admin/rollout", body.toString()).get());
  }

  private static void isAccepted(String what, HttpResponse<String> response) throws Finds {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new Inapplicable(what + " answers " + status + " without a bearer");
    }
    if (status < 200 || status >= 300) {
      throw new Mismatch(what + " to be accepted", "HTTP " + status);
    }
  }
}
