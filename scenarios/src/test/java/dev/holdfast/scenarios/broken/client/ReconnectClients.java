package dev.holdfast.scenarios.broken.client;

import static dev.holdfast.scenarios.broken.client.ClientBends.attempt;
import static dev.holdfast.scenarios.broken.client.ClientBends.backoff;
import static dev.holdfast.scenarios.broken.client.ClientBends.changes;
import static dev.holdfast.scenarios.broken.client.ClientBends.closed;
import static dev.holdfast.scenarios.broken.client.ClientBends.closes;
import static dev.holdfast.scenarios.broken.client.ClientBends.does;
import static dev.holdfast.scenarios.broken.client.ClientBends.ignores;
import static dev.holdfast.scenarios.broken.client.ClientBends.limits;
import static dev.holdfast.scenarios.broken.client.ClientBends.overhears;
import static dev.holdfast.scenarios.broken.client.ClientBends.refusals;
import static dev.holdfast.scenarios.broken.client.ClientBends.remembers;
import static dev.holdfast.scenarios.broken.client.ClientBends.takes;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientMachine;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.client.ClientStep;
import dev.holdfast.protocol.client.Phase;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.scenarios.broken.client.ClientTwin.Breakage;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Clients that come back when they should not, do not when they should, or at a wrong time. */
final class ReconnectClients {
  private static final Set<Integer> LISTED = Set.of(1001, 1006, 1011, 1012, 1013);
  private static final ClientOutput ONE_MORE = new ClientOutput.Open(99, false, null);
  private static final String AGAIN = "reconnect/failed-attempt-leads-to-the-next/";
  private static final String OTHER = "reconnect/other-refusals-retry/";
  private static final String CODES = "reconnect/codes-that-reconnect/";
  private static final String CLEAN = "reconnect/clean-or-not/";
  private static final String FINAL = "reconnect/final-closes-stop/";
  private static final String MANUAL = "reconnect/manual-retry-always-works/";

  static final List<ClientTwin> ALL =
      List.of(
          core(
              "waits-to-be-told",
              "Does not connect by itself.",
              "reconnect/connects-by-itself",
              ignores((s, in) -> in instanceof ClientInput.Connect && s.connection() == 0)),
          core(
              "opens-one-more-when-told",
              "Opens a socket for every word to connect.",
              "reconnect/connects-by-itself/told-twice",
              does((in, outputs) ->
                  in instanceof ClientInput.Connect
                          && outputs.stream().noneMatch(o -> o instanceof ClientOutput.Open)
                      ? Stream.concat(outputs.stream(), Stream.of(ONE_MORE)).toList()
                      : outputs)),
          core(
              "takes-every-close-for-final",
              "Never comes back after a close.",
              CLEAN + "cut-after-close-frame " + CLEAN + "not-answered",
              closes(code -> 1000)),
          core(
              "takes-clean-closes-for-final",
              "Comes back only when the connection broke.",
              CODES
                  + "1001 "
                  + CODES
                  + "1011 "
                  + CODES
                  + "1012 "
                  + CODES
                  + "1013 "
                  + CLEAN
                  + "clean-with-reason",
              closes(code -> code == 1006 ? code : 1000)),
          core(
              "takes-broken-links-for-final",
              "Comes back only after a close frame.",
              CODES + "1006 " + CLEAN + "half-closed " + CLEAN + "torn-frame",
              closes(code -> code == 1006 ? 1000 : code)),
          core(
              "wanted-close-stays-wanted",
              "Once it was told to leave, every later close counts as wanted.",
              CLEAN + "after-leaving-and-coming-back",
              ReconnectClients::wantedStaysWanted),
          core(
              "knows-its-list-only",
              "Takes every code that is not on its list for final.",
              "reconnect/all-other-closes-reconnect reconnect/all-other-closes-reconnect/with-reason"
                  + " reconnect/all-other-closes-reconnect/cut-short",
              closes(code -> LISTED.contains(code) ? code : 1000)),
          core(
              "comes-back-after-any-4xxx",
              "Takes every code of 4000 and above for one to come back from.",
              "close/unknown-code-obeys-its-range "
                  + FINAL
                  + "42xx "
                  + FINAL
                  + "42xx-with-reason "
                  + FINAL
                  + "42xx-cut-short",
              closes(code -> code >= 4000 ? 4000 : code)),
          core(
              "gives-up-after-a-failed-handshake",
              "Takes every failed attempt for final.",
              AGAIN
                  + "nobody-listens-at-the-start "
                  + AGAIN
                  + "nobody-listens-for-a-while "
                  + AGAIN
                  + "after-a-restart "
                  + AGAIN
                  + "five-in-a-row "
                  + OTHER
                  + "404 "
                  + OTHER
                  + "429 "
                  + OTHER
                  + "500 "
                  + OTHER
                  + "503 "
                  + OTHER
                  + "redirect "
                  + OTHER
                  + "wrong-proof "
                  + OTHER
                  + "subprotocol-not-offered "
                  + OTHER
                  + "no-http "
                  + OTHER
                  + "cut-head "
                  + OTHER
                  + "reset",
              refusals(r -> new ClientInput.Refused(r.connection(), 403, 0))),
          core(
              "gives-up-before-the-greeting",
              "Takes a connection that ends before its greeting for a farewell.",
              AGAIN + "opened-and-cut",
              takes((s, in) -> s.phase() instanceof Phase.Greeting ? closed(in, c -> 1000) : in)),
          core(
              "waits-for-ever",
              "Sets no limit on a handshake.",
              OTHER + "hangs " + OTHER + "hangs-half-way",
              limits(c -> {
                var l = ClientBends.Limits.of(c);
                return new ClientBends.Limits(
                    false, 3_600_000, l.queue(), l.unacked(), l.frameBytes(), l.asks());
              })),
          core(
              "always-the-same-delay",
              "Waits as long before the fifth attempt as before the first.",
              "reconnect/delays-grow",
              backoff(b -> new Backoff(b.baseMs(), b.baseMs(), b.jitterMs(), b.maxAttempts()))),
          core(
              "hasty",
              "Waits half as long as it should.",
              "reconnect/delay-formula/floor",
              backoff(b ->
                  new Backoff(
                      Math.max(1, b.baseMs() / 2), b.capMs(), b.jitterMs(), b.maxAttempts()))),
          core(
              "sluggish",
              "Waits twice as long as it should.",
              "reconnect/delay-formula/ceiling",
              backoff(b ->
                  new Backoff(
                      b.baseMs() * 2,
                      Math.max(b.capMs(), b.baseMs() * 2),
                      b.jitterMs(),
                      b.maxAttempts()))),
          core(
              "no-cap",
              "Doubles its delay without bound.",
              "reconnect/delay-formula/cap",
              backoff(b -> new Backoff(b.baseMs(), 1L << 40, b.jitterMs(), b.maxAttempts()))),
          core(
              "no-jitter",
              "Comes back at the same moment as everybody else.",
              "reconnect/delay-formula/jitter",
              backoff(b -> new Backoff(b.baseMs(), b.capMs(), 0, b.maxAttempts()))),
          core(
              "impatient-by-default",
              "Waits a fifth of a second where nothing else is configured.",
              "reconnect/delay-defaults/first-delay",
              backoff(b -> b.equals(Backoff.STANDARD) ? new Backoff(100, 30_000, 100, 10) : b)),
          core(
              "does-not-read-retry-after",
              "Comes back sooner than the header of a refusal allows.",
              "reconnect/retry-after-header-is-a-floor",
              refusals(r -> new ClientInput.Refused(r.connection(), r.status(), 0))),
          core(
              "does-not-hear-of-drains",
              "Skips status drain.",
              "reconnect/retry-after-ms-is-a-floor",
              overhears((s, f) -> f.body() instanceof Status.Drain)),
          core(
              "never-forgets-attempts",
              "Counts attempts on although it was connected in between.",
              "reconnect/core-count-resets-after-open",
              neverForgets()),
          resume(
              "never-forgets-attempts-in-resume",
              "Counts attempts on although the connection was stable or brought something new.",
              "reconnect/count-resets-when-stable/by-time"
                  + " reconnect/count-resets-when-stable/by-position",
              neverForgets()),
          resume(
              "forgets-attempts-at-once",
              "Starts its count over whenever a socket opens.",
              "reconnect/count-stays-when-unstable",
              remembers((before, in, after) ->
                  in instanceof ClientInput.Opened ? attempt(after, 0) : after)),
          core(
              "comes-back-after-final-closes",
              "Takes 1000 and its like for a reason to come back.",
              FINAL
                  + "standard-codes "
                  + FINAL
                  + "standard-codes-with-reason "
                  + FINAL
                  + "standard-codes-cut-short",
              closes(code -> code < 1011 ? 1012 : code)),
          core(
              "cannot-leave",
              "Comes back after it was told to leave.",
              FINAL + "own-leaving",
              takes((s, in) ->
                  in instanceof ClientInput.Disconnect && s.phase() instanceof Phase.Open o
                      ? new ClientInput.Closed(o.connection(), 1006, "")
                      : in)),
          core(
              "attempt-survives-leaving",
              "Does not stop the timer of the next attempt when it is told to leave.",
              FINAL + "leaving-while-waiting",
              ignores((s, in) ->
                  in instanceof ClientInput.Disconnect && s.phase() instanceof Phase.Waiting)),
          core(
              "handshake-survives-leaving",
              "Goes on with a handshake when it is told to leave.",
              FINAL + "leaving-while-connecting",
              ignores((s, in) ->
                  in instanceof ClientInput.Disconnect && s.phase() instanceof Phase.Dialing)),
          core(
              "never-gives-up",
              "Counts its attempts for nothing.",
              "reconnect/up-to-ten-attempts reconnect/last-failure-disconnects",
              backoff(b -> new Backoff(b.baseMs(), b.capMs(), b.jitterMs(), 1_000_000))),
          core(
              "cannot-be-woken",
              "Has a Retry that does nothing.",
              MANUAL
                  + "after-a-final-close "
                  + MANUAL
                  + "after-giving-up "
                  + MANUAL
                  + "after-a-refusal "
                  + MANUAL
                  + "after-a-storm",
              ignores((s, in) -> in instanceof ClientInput.Retry)),
          core(
              "retries-with-the-old-count",
              "Goes on counting after a manual retry.",
              "reconnect/manual-retry-starts-over",
              remembers((before, in, after) ->
                  in instanceof ClientInput.Retry ? attempt(after, before.attempt()) : after)),
          core(
              "comes-back-after-refusals",
              "Tries again after 400, 401 and 403.",
              "reconnect/final-refusals-stop/400 reconnect/final-refusals-stop/401"
                  + " reconnect/final-refusals-stop/403",
              refusals(r ->
                  new ClientInput.Refused(
                      r.connection(), r.status() < 404 ? 500 : r.status(), r.retryAfterMs()))),
          resume(
              "never-offers-the-subprotocol",
              "Does not name agent-chat.v1 in its handshakes.",
              "transport/client-offers-subprotocol",
              changes(o -> opening(o, offer -> false))),
          resume(
              "always-offers-the-subprotocol",
              "Names agent-chat.v1 also to those who broke on it.",
              "transport/falls-back-without-subprotocol",
              changes(o -> opening(o, offer -> true))),
          resume(
              "gives-its-session-up",
              "Stops offering the subprotocol although it holds a token.",
              "transport/token-holder-keeps-subprotocol",
              changes(o ->
                  o instanceof ClientOutput.Open open && open.connection() > 2
                      ? opening(o, offer -> false)
                      : o)));

  private ReconnectClients() {}

  private static ClientOutput opening(ClientOutput output, UnaryOperator<Boolean> offer) {
    return output instanceof ClientOutput.Open o
        ? new ClientOutput.Open(o.connection(), offer.apply(o.offerResume()), o.sessionId())
        : output;
  }

  private static Function<ClientConfig, ClientStep> neverForgets() {
    return remembers((before, in, after) ->
        in instanceof ClientInput.Received || in instanceof ClientInput.Woken
            ? attempt(after, Math.max(before.attempt(), after.attempt()))
            : after);
  }

  private static ClientStep wantedStaysWanted(ClientConfig config) {
    boolean[] left = new boolean[1];
    ClientStep sound = new ClientMachine(config);
    return (s, in, now) -> {
      left[0] |= in instanceof ClientInput.Disconnect;
      return sound.step(s, left[0] ? closed(in, c -> 1000) : in, now);
    };
  }

  static ClientTwin core(
      String name, String sentence, String fails, Function<ClientConfig, ClientStep> core) {
    return twin(name, sentence, Profile.CORE, fails, core);
  }

  static ClientTwin resume(
      String name, String sentence, String fails, Function<ClientConfig, ClientStep> core) {
    return twin(name, sentence, Profile.RESUME, fails, core);
  }

  private static ClientTwin twin(
      String name,
      String sentence,
      Profile profile,
      String fails,
      Function<ClientConfig, ClientStep> core) {
    List<String> cases = List.of(fails.split(" ", -1));
    return new ClientTwin(name, sentence, profile, cases, new Breakage.Bent(core));
  }
}
