package dev.holdfast.scenarios.broken;

import static dev.holdfast.scenarios.broken.Rewrites.text;

import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Servers with faults that public projects reported of theirs. */
final class StrangerTable {
  private static final Pattern NAMES = Pattern.compile(",\"(reply_to|run_id)\":\"[^\"]*\"");

  static final List<BrokenTwin> ALL =
      List.of(
          is(
              "newest-first-without-names",
              "Names no message in its answers, and answers the later of two first.",
              AnswersSwapped::new,
              "conversation/answers-in-order/quick-behind-slow",
              "conversation/answers-in-order"),
          is(
              "mints-from-the-clock",
              "Makes session ids of the time in nanoseconds.",
              minting(n -> String.format(Locale.ROOT, "session-%024d", System.nanoTime())),
              "transport/session-id-is-minted"),
          is(
              "mints-from-a-counter",
              "Makes session ids of a counter.",
              minting(n -> String.format(Locale.ROOT, "%032x", n)),
              "transport/session-id-is-minted"),
          is(
              "shows-exception-texts",
              "Sends the text of its exceptions, without class and path.",
              Rewrites.said(
                  "\"error\":\"[^\"]*\"", "\"error\":\"'NoneType' object has no attribute 'get'\""),
              "envelope/errors-hide-the-inside/*"),
          is(
              "stays-subscribed",
              "Ends a subscription by a close frame only: after a cut each answer comes twice.",
              StaysSubscribed::new,
              "conversation/one-terminal-frame/in-any-trace"),
          is(
              "one-run-id",
              "Gives all runs the same run id.",
              Rewrites.said("\"run_id\":\"[^\"]*\"", "\"run_id\":\"run-1\""),
              "conversation/nothing-after-the-terminal/twenty-pipelined"),
          is(
              "two-processes",
              "Runs in two processes that share no sessions; a client that reconnects meets the"
                  + " other one.",
              TwoProcesses::new,
              "session/stale-close-is-harmless/seven-sessions-in-a-run",
              "session/stale-close-is-harmless/older-*-in-a-run",
              "queue/retained-while-away/*-back-late"),
          is(
              "deaf-but-pongs",
              "Reads no message after anything odd, and answers pings all the same.",
              DeafButPongs::new,
              "envelope/never-deaf/*"),
          is(
              "closes-after-an-error",
              "Closes a connection behind the error for a bad frame.",
              () -> new ClosesAfterErrors(1, 1000),
              "envelope/bad-frame-keeps-the-connection"),
          is(
              "closes-at-the-fifth",
              "Closes a connection at the fifth bad frame.",
              () -> new ClosesAfterErrors(5, 4203),
              "envelope/ten-bad-in-a-row-close-4203"),
          is(
              "trips-over-null",
              "Drops messages with the null character.",
              Rewrites.swallows(text("\\\\u0000")),
              "conversation/one-terminal-frame/all-of-unicode"));

  private StrangerTable() {}

  /** A frame without the fields that name its message and run. */
  static WireFrame nameless(WireFrame frame) {
    return frame.is(WireFrame.TEXT)
        ? WireFrame.text(NAMES.matcher(frame.text()).replaceAll(""))
        : frame;
  }

  /** Whoever gives no session id gets one of these. */
  private static Supplier<Meddling> minting(Function<Integer, String> mint) {
    return () ->
        new Meddling() {
          private int minted;

          @Override
          public synchronized String request(String head) {
            String id = mint.apply(++minted);
            return head.replaceFirst("^GET /ws/chat ", "GET /ws/chat?session_id=" + id + " ");
          }
        };
  }

  private static BrokenTwin is(
      String name, String sentence, Supplier<Meddling> meddling, String... fails) {
    return new BrokenTwin(name, sentence, List.of(fails), new Breakage.Meddled(meddling));
  }
}
