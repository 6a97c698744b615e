package dev.holdfast.scenarios.model;

import java.util.List;

/**
 * What a gate finds beside cases and scenarios: of the rollout, a load or the audit log.
 *
 * @param address of the finding
 * @param premise what must have been seen before anything is judged, as one sentence
 */
public record Drill(String address, String premise) {
  private static final String ASKED = "Every user of the census was asked for and told.";

  /** All of them, in the order in which a gate plays them. */
  public static final List<Drill> ALL =
      List.of(
          new Drill("rollout/share-is-binomial", ASKED + " The share is known."),
          new Drill("rollout/sticky", ASKED + " The same users were asked for again."),
          new Drill("rollout/by-flag-and-user", ASKED + " Each was asked for in two sessions."),
          new Drill("rollout/monotonic", ASKED + " The share was raised."),
          new Drill(
              "rollout/kill-switch-loses-nothing",
              "At least one user was connected and in a run when WebSockets were switched off, and"
                  + " a user without WebSockets had been answered over HTTP."),
          new Drill(
              "rollout/cohort-is-no-worse",
              "At least half of the messages over HTTP were answered, and as many were sent on"
                  + " WebSockets."),
          new Drill("load/every-conversation-holds", "At least one whole conversation was kept."),
          new Drill(
              "load/answers-survive-a-lost-connection",
              "At least one message was written to a connection that was lost before the answer."),
          new Drill("load/everybody-comes-back", "At least one connection was lost."),
          new Drill("audit/chain-is-sound", "The audit log was found and read."),
          new Drill(
              "audit/each-event-has-one-entry",
              "At least one client was watched on the server whose log it is, and the log has"
                  + " entries."),
          new Drill(
              "audit/each-entry-has-a-cause",
              "The log has at least one entry about a session that was watched."));
}
