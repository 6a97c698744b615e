package dev.holdfast.scenarios.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.schema.Complaint;
import dev.holdfast.scenarios.conformance.schema.FrameSchemas;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Every frame that any case of a run received, held against the JSON Schemas and Date.parse when
 * asked.
 *
 * <p>A flood is cut off: what comes beyond the limit is not looked at, and that is said.
 */
final class Watch {
  private static final int MAX_FRAMES = 100_000;
  private static final int MAX_CHARS = 64 << 10;

  /** So many longer ones are kept: a long greeting comes with each connection. */
  private static final int MAX_LONG_FRAMES = 16;

  private final Queue<Seen> waiting = new ConcurrentLinkedQueue<>();
  private final Set<Kind> kinds = ConcurrentHashMap.newKeySet();
  private final Queue<Complaint> surplus = new ConcurrentLinkedQueue<>();
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger longOnes = new AtomicInteger();
  private final Map<Profile, List<Complaint>> complaints = new EnumMap<>(Profile.class);

  private record Kind(Profile profile, FrameKind kind) {}

  private record Seen(String where, Profile profile, Event.Text frame) {}

  /**
   * A frame arrived.
   *
   * @param where the case that received it, and on which of its connections
   */
  void saw(String where, Profile profile, Event.Text frame) {
    boolean small =
        frame.text().length() <= MAX_CHARS || longOnes.incrementAndGet() <= MAX_LONG_FRAMES;
    if (small && seen.incrementAndGet() <= MAX_FRAMES) {
      waiting.add(new Seen(where, profile, frame));
      for (FrameKind kind : FrameKind.values()) {
        if (kind.has(frame)) {
          kinds.add(new Kind(profile, kind));
        }
      }
    }
  }

  /** Whether frames of a kind are among those that are looked at. */
  boolean saw(Profile profile, FrameKind kind) {
    return kinds.contains(new Kind(profile, kind));
  }

  /** What was wrong with the terminal frames of one case, if anything. */
  void surplus(List<Complaint> found) {
    surplus.addAll(found);
  }

  /** Terminal frames that came more than once, in any case that has ended. */
  List<Complaint> surplus() {
    return List.copyOf(surplus);
  }

  /** What is wrong with frames of a profile, one complaint for each place and clause. */
  synchronized List<Complaint> about(Profile profile, String clause) {
    for (Seen next = waiting.poll(); next != null; next = waiting.poll()) {
      List<Complaint> all = complaints.computeIfAbsent(next.profile(), p -> new ArrayList<>());
      for (Complaint one : complaints(next)) {
        if (all.stream().noneMatch(one::repeats)) {
          all.add(one);
        }
      }
    }
    return complaints.getOrDefault(profile, List.of()).stream()
        .filter(c -> c.clause().equals(clause))
        .toList();
  }

  private static List<Complaint> complaints(Seen seen) {
    List<Complaint> all =
        new ArrayList<>(FrameSchemas.judge(seen.profile(), seen.frame(), seen.where()));
    JsonNode timestamp = seen.frame().json().path("timestamp");
    if (!timestamp.isMissingNode() && !DateParse.reads(timestamp)) {
      String what = "is not readable by Date.parse";
      String shown = timestamp.toString();
      all.add(
          new Complaint("envelope/timestamp-is-readable", "/timestamp", what, seen.where(), shown));
    }
    return all;
  }
}
