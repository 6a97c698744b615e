package dev.holdfast.report.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What users suffer when a clause is broken, worst first: findings are ranked by it. */
public enum Consequence {
  /** A message or an answer is lost, repeated or out of order. */
  LOSS("a message is lost, repeated or out of order"),
  /** The server or the client hangs, dies, or leaves its user cut off. */
  HANG("the target hangs, or its users are cut off"),
  /** One user sees or changes what belongs to another. */
  EXPOSURE("another user's data is exposed"),
  /** An attacker or an auditor finds less than the clause promises. */
  SECURITY("the target is less safe than it says"),
  /** Programs and people read the wrong words. */
  WORDS("the target says the wrong words");

  /** By the beginning of a clause's address; the longest one that fits decides. */
  private static final Map<String, Consequence> BY_PREFIX = byPrefix();

  private final String sentence;

  Consequence(String sentence) {
    this.sentence = sentence;
  }

  /** What happens to users, as the end of a sentence. */
  public String sentence() {
    return sentence;
  }

  /**
   * What users suffer when this clause is broken.
   *
   * @param clause the clause's address, or the name of a scenario
   */
  public static Consequence of(String clause) {
    Consequence found = WORDS;
    int length = 0;
    for (Map.Entry<String, Consequence> entry : BY_PREFIX.entrySet()) {
      String prefix = entry.getKey();
      if (clause.startsWith(prefix) && prefix.length() > length) {
        found = entry.getValue();
        length = prefix.length();
      }
    }
    return found;
  }

  private static Map<String, Consequence> byPrefix() {
    Map<String, Consequence> all = new LinkedHashMap<>();
    put(
        all,
        LOSS,
        List.of(
            "queue/",
            "session/",
            "resume/",
            "tokens/",
            "sync/",
            "push/",
            "http/same-",
            "transport/fragments-work",
            "conversation/one-terminal-frame",
            "conversation/answers-in-order",
            "conversation/runs-do-not-interleave",
            "conversation/nothing-after-",
            "conversation/known-id-ends-again",
            "conversation/crash-",
            "rollout/drain-",
            "rollout/core-drain-",
            "rollout/client-keeps-",
            "rollout/http-",
            "rollout/kill-switch-loses-nothing",
            "rollout/terminal-is-shown-once",
            "rollout/read-at-the-handshake"));
    put(
        all,
        HANG,
        List.of(
            "transport/opens-a-session",
            "transport/compression-is-optional",
            "envelope/never-deaf",
            "envelope/bad-frame-keeps-the-connection",
            "envelope/unknown-fields-are-ignored",
            "envelope/server-skips-the-unexpected",
            "envelope/client-skips-the-unexpected",
            "conversation/greets-first",
            "conversation/reads-on-during-a-run",
            "conversation/agent-failure-is-told",
            "conversation/run-timeout-is-told",
            "queue/slow-consumer-closes-4002",
            "isolation/",
            "heartbeat/",
            "reconnect/",
            "close/",
            "latency/",
            "http/health",
            "rollout/kill-switch"));
    put(
        all,
        EXPOSURE,
        List.of(
            "isolation/frames-stay-in-their-session",
            "transport/user-id-proves-nothing",
            "session/takeover-needs-a-good-hello",
            "resume/core-handshake-to-a-resume-session-is-403"));
    put(
        all,
        SECURITY,
        List.of(
            "transport/foreign-origin-is-403",
            "transport/session-id-is-minted",
            "transport/unauthenticated-is-401",
            "transport/forbidden-is-403",
            "envelope/errors-hide-the-inside",
            "resume/token-",
            "resume/bad-token-",
            "resume/one-token-an-epoch",
            "http/admin-",
            "push/needs-the-admin",
            "audit/"));
    return all;
  }

  private static void put(
      Map<String, Consequence> all, Consequence consequence, List<String> prefixes) {
    prefixes.forEach(prefix -> all.put(prefix, consequence));
  }
}
