package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Glob;
import dev.holdfast.report.result.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Cases that are written for core and whose clauses MUST hold in resume: for a server of profile
 * resume they are played on resume connections too, at that level.
 */
final class InResume {
  /** Behind the address of a core case that is played on resume connections. */
  static final String SUFFIX = "/in-resume";

  /**
   * Cases about HTTP, the flag or a handshake: no connection of theirs is judged, so one play says
   * all, and only the level is another one.
   */
  private static final List<String> LEVEL_ALONE =
      List.of(
          "transport/bad-session-id-is-400/*",
          "transport/user-id-alphabet/bad",
          "transport/refusals-carry-json",
          "transport/foreign-origin-is-403",
          "transport/switched-off-is-403",
          "transport/draining-is-503",
          "transport/retry-after-on-refusal",
          "http/chat-*",
          "http/transport-*",
          "http/health",
          "http/ready",
          "http/metrics",
          "http/front-page",
          "http/admin-rollout-*",
          "http/admin-without-*",
          "rollout/kill-switch",
          "rollout/percent",
          "rollout/sticky",
          "rollout/by-flag-and-user",
          "rollout/monotonic",
          "rollout/share-is-binomial");

  /** Of large families these are played again: the receive loop of a server is the same. */
  private static final Map<String, Set<String>> OF_FAMILIES =
      Map.of(
          "transport/session-id-alphabet", Set.of("128-characters"),
          "envelope/never-deaf", Set.of("words", "empty", "deep-arrays", "data-text", "binary"),
          "isolation/bad-peer-harms-no-other-session", Set.of("words", "binary"),
          "isolation/health-answers-throughout", Set.of("words", "binary"),
          "queue/retained-while-away",
              Set.of(
                  "fin-after-frame-1-back-late",
                  "rst-after-frame-0-back-early",
                  "rst-after-frame-1-back-late",
                  "rst-after-frame-2-back-late",
                  "close-after-frame-1-back-early"),
          "queue/retention-limits", Set.of("100-frames"));

  /** Cases whose script cannot be played in resume, and why. */
  static final Map<String, String> LEFT_OUT = leftOut();

  private InResume() {}

  private static Map<String, String> leftOut() {
    Map<String, String> left = new LinkedHashMap<>();
    left.put("conversation/one-terminal-frame/without-id", "in resume every message has an id");
    left.put("heartbeat/ping-is-answered/without-id-or-data", "in resume every ping has an id");
    left.put("transport/fragments-work/ping-between", "its frames are cut by hand, for core");
    left.put(
        "queue/overflow-leaves-no-silent-hole",
        "in resume a reset tells of it: judged by resume/reset-on-overflow");
    left.put(
        "rollout/drain-accepts-nothing-new",
        "in resume no error tells of it: judged by a case of its own");
    return left;
  }

  /** The core cases that are played on resume connections too, as cases of profile resume. */
  static List<Case> variants(List<Case> core, List<Case> resume) {
    Set<String> there = resume.stream().map(Case::address).collect(Collectors.toSet());
    List<Case> variants = new ArrayList<>();
    for (Case one : core) {
      if (mustInResume(one) && isPlayedAgain(one) && !there.contains(one.address() + SUFFIX)) {
        variants.add(variant(one));
      }
    }
    return List.copyOf(variants);
  }

  private static Case variant(Case core) {
    return new Case(
        core.address() + SUFFIX,
        core.clause(),
        Profile.RESUME,
        core.needs(),
        core.premise(),
        core.cause(),
        bench -> core.script().play(bench.inResume()),
        core.turn());
  }

  /** A core case as a server of profile resume meets it. */
  static Case atItsLevel(Case one) {
    boolean core = one.profile() == Profile.CORE;
    return core && mustInResume(one) && isOneOf(LEVEL_ALONE, one) ? one.resuming() : one;
  }

  private static boolean mustInResume(Case one) {
    return Clauses.at(one.clause()).level(Profile.RESUME) == Level.MUST;
  }

  private static boolean isPlayedAgain(Case one) {
    Set<String> words = OF_FAMILIES.get(one.clause());
    boolean chosen =
        words == null
            || one.address().equals(one.clause())
            || words.contains(one.address().substring(one.clause().length() + 1));
    return chosen && !isOneOf(LEVEL_ALONE, one) && !isOneOf(LEFT_OUT.keySet(), one);
  }

  private static boolean isOneOf(Iterable<String> globs, Case one) {
    for (String glob : globs) {
      if (new Glob(glob).matches(one.address())) {
        return true;
      }
    }
    return false;
  }
}
