package dev.holdfast.scenarios.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What of a history can be counted to prove that a situation arose. */
public enum Measure {
  CUT_IN_RUN(
      "connections that ended after the first frame for a message and before the end of its answer"),
  CUT_AFTER_ANSWER("connections that ended after an answer had come over them"),
  CUT_AFTER_REPLAY("connections that ended after replayed frames had come over them"),
  STRUCK_IN_RUN(
      "faults that struck after the first frame for a message and before the end of its answer"),
  CONNECTED_AT_FAULT("clients that were connected when a fault struck"),
  DIALLED_AGAIN("connection attempts by clients that had lost a connection"),
  ATTEMPTS_FAILED("connection attempts that led to no session"),
  TOLD_TO_WAIT("handshakes that were refused with Retry-After"),
  QUEUED("messages that were said while their client was not connected"),
  AWAY_MS("milliseconds between a lost connection and the next one, at most"),
  DIALLED_BESIDE("connection attempts while another client was connected"),
  PINGED_IN_RUN(
      "pings that were sent after the first frame for a message and before the end of its answer"),
  PUSHED_WHILE_AWAY("pushes that were sent while no client was connected");

  private final String sentence;

  Measure(String sentence) {
    this.sentence = sentence;
  }

  /** What it counts, in words that follow a number. */
  public String sentence() {
    return sentence;
  }

  /** Its name in scenarios: {@code cut_in_run}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it asks that something happened while an answer was on its way. */
  public boolean isInRun() {
    return this == CUT_IN_RUN || this == STRUCK_IN_RUN || this == PINGED_IN_RUN;
  }

  /** The names of all. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Measure::word).toList();
  }

  /**
   * The measure of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Measure named(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
