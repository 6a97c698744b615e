package dev.holdfast.report.result;

import java.util.List;

/**
 * What a scenario looked like over time, in milliseconds since it began.
 *
 * @param faults when the network or the server was not as it should be
 * @param people a lane each
 */
public record Timeline(
    Stage stage,
    String address,
    String profile,
    long durationMs,
    List<Span> faults,
    List<Lane> people) {

  /** Something that lasted. */
  public record Span(String what, long fromMs, long toMs) {}

  /**
   * One person.
   *
   * @param states of the link
   * @param messages from when each was said to when its run had ended; {@code what} is how it ended
   * @param notShown how many more there were, all of them shorter
   */
  public record Lane(String person, List<Span> states, List<Span> messages, int notShown) {
    public Lane {
      states = List.copyOf(states);
      messages = List.copyOf(messages);
    }
  }

  public Timeline {
    faults = List.copyOf(faults);
    people = List.copyOf(people);
  }
}
