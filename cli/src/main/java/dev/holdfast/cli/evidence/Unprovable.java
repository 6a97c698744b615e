package dev.holdfast.cli.evidence;

import java.util.List;

/**
 * What of a report nobody can have again from its evidence, and why: it happened once, or it is
 * words. The seal alone says that nobody touched it. All else is had again, and a test bumps each
 * number of a bundle to see that.
 *
 * @param path of a field of {@code report.json}, as a pattern; a list's elements have no number
 * @param why in words that follow "cannot be had again"
 */
public record Unprovable(String path, String why) {
  /** The whole list. */
  public static final List<Unprovable> LIST =
      List.of(
          new Unprovable(
              "/findings/conformance/.*",
              "a conformance case needs the server that ran then; its frames are in the report"),
          new Unprovable(
              "/findings/[a-z]+/duration_ms", "how long a scenario took was seen by no history"),
          new Unprovable(
              "/findings/[a-z]+/(requirement|rerun|clause|likely_cause)",
              "requirements and commands are words of this Holdfast"),
          new Unprovable(
              "/findings/rollout/(seen|expected)",
              "whom a rollback drill left behind its people said, not their histories"),
          new Unprovable(
              "/(started|ended|seed|command|target|holdfast_version|environment/.*)",
              "when, where and with which seed it ran"),
          new Unprovable(
              "/exhibits/audit/entries", "the server writes on after the proof, to its last word"),
          new Unprovable("/exhibits/audit/head", "the chain goes on after the proof"),
          new Unprovable(
              "/(known_failures|problems|partial)(/.*)?",
              "what went wrong with the run as a whole, but for what its files show"));

  /** Whether a field of a report is on the list. */
  public static boolean has(String path) {
    return LIST.stream().anyMatch(one -> path.matches(one.path()));
  }
}
