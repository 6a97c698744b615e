package dev.holdfast.scenarios.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the judges of stories ask for, as clauses of the protocol. */
final class Clause {
  private static final String OTHERWISE = "queue/replayed-once";

  private static final Map<String, String> BY_CHECKER =
      Map.ofEntries(
          Map.entry("no_loss", "queue/nothing-queued-is-dropped"),
          Map.entry("no_duplicate", "queue/replayed-once"),
          Map.entry("in_order", "conversation/answers-in-order"),
          Map.entry("one_terminal", "conversation/one-terminal-frame"),
          Map.entry("tools_once", "conversation/crash-repeats-no-tool"),
          Map.entry("queue_bound", "queue/hundred-wait-in-order"),
          Map.entry("reconnect_delays", "reconnect/delay-formula"),
          Map.entry("heartbeat_deadlines", "heartbeat/dead-link-is-left"),
          Map.entry("liveness", "conversation/one-terminal-frame"),
          Map.entry("states_allowed", "reconnect/states-are-reported"),
          Map.entry("positions", "resume/positions-rise-by-one"),
          Map.entry("acks_in_time", "resume/ack-within-1-s-or-32-frames"),
          Map.entry("no_blame", "envelope/bad-frame-keeps-the-connection"));

  /** Judges who need nothing but what a client sees. */
  private static final List<String> USUAL =
      List.of("no_loss", "no_duplicate", "in_order", "one_terminal");

  private Clause() {}

  static String of(String checker) {
    return BY_CHECKER.getOrDefault(checker, OTHERWISE);
  }

  /** Who should look at a story that this judge objected to. */
  static List<String> judges(String checker) {
    List<String> judges = new ArrayList<>(USUAL);
    if (BY_CHECKER.containsKey(checker) && !judges.contains(checker)) {
      judges.add(checker);
    }
    return judges;
  }
}
