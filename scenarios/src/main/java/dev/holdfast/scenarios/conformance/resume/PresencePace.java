package dev.holdfast.scenarios.conformance.resume;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.List;

/**
 * Whether presence was told too often.
 *
 * <p>The network may hold frames up and deliver them in a bunch. So frames that come too close to
 * each other are excused where the server's own timestamps say that it sent them further apart; and
 * where it writes no timestamps, one bunch is excused.
 */
final class PresencePace {
  /** Four fit into a second. */
  private static final int MOST = 4;

  /** What was sent a second apart may arrive a little closer. */
  private static final long WINDOW_MS = 900;

  private PresencePace() {}

  /** Whether more than four of these times lie within a second. */
  static boolean tooMany(List<Long> atMs) {
    return !violations(atMs).isEmpty();
  }

  static void judge(List<Event.Text> told) throws Mismatch {
    List<Integer> arrived = violations(told.stream().map(Event.Text::atMs).toList());
    List<Long> made = told.stream().map(Visit::madeMs).toList();
    boolean dated = made.stream().allMatch(ms -> ms > 0);
    if (dated) {
      arrived = arrived.stream().filter(violations(made)::contains).toList();
    }
    int bunches = disjoint(arrived);
    if (bunches > (dated ? 0 : 1)) {
      Event.Text last = told.get(arrived.get(0) + MOST);
      long spanMs = last.atMs() - told.get(arrived.get(0)).atMs();
      throw new Mismatch(
          "at most " + MOST + " status presence a second", MOST + 1 + " in " + spanMs + " ms");
    }
  }

  /** The first of each five times that are too close to each other. */
  private static List<Integer> violations(List<Long> atMs) {
    return java.util.stream.IntStream.range(0, Math.max(0, atMs.size() - MOST))
        .filter(i -> atMs.get(i + MOST) - atMs.get(i) < WINDOW_MS)
        .boxed()
        .toList();
  }

  /** How many groups of five have no time in common. */
  private static int disjoint(List<Integer> firsts) {
    int groups = 0;
    int free = 0;
    for (int first : firsts) {
      if (first >= free) {
        groups++;
        free = first + MOST + 1;
      }
    }
    return groups;
  }
}
