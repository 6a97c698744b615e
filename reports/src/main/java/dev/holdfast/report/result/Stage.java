package dev.holdfast.report.result;

import java.util.Locale;

/** A part of a run, in the order in which reports show them. */
public enum Stage {
  CONFORMANCE("Conformance", "Does the target keep to each clause of the protocol?"),
  SIMULATION("Simulation", "Do the rules hold under random schedules in virtual time?"),
  CHAOS("Chaos", "Does the conversation survive when the network does not?"),
  ROLLOUT("Rollout", "Is each user on the transport they should be on?"),
  AUDIT("Audit", "Is every event on record, and every record true?"),
  LOAD("Load", "Does all that hold with many people at once, and how fast?");

  private final String title;
  private final String question;

  Stage(String title, String question) {
    this.title = title;
    this.question = question;
  }

  /** The heading over this stage. */
  public String title() {
    return title;
  }

  /** The question that this stage answers. */
  public String question() {
    return question;
  }

  /** The word for programs: {@code conformance}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
