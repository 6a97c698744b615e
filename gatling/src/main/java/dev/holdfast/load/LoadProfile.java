package dev.holdfast.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shapes a load can have, each with what it does unless told otherwise. */
public enum LoadProfile {
  /** A few people, seconds: is everything right at all? */
  SMOKE(10, 10_000, false, 25, 25),
  /** Everybody comes within a short ramp, says something on a schedule, and stays. */
  STEADY(100, 60_000, true, 1_000, 30),
  /** A tenth stays throughout; the rest comes at once for the middle third. */
  SPIKE(100, 60_000, true, 1_000, 30),
  /** People come and go for a long time, and always as many are there. */
  SOAK(50, 600_000, true, 5_000, 12),
  /**
   * After a third everybody's network goes away for two seconds, and they all come back at once.
   */
  STORM(200, 60_000, true, 2_000, 100);

  private final int users;
  private final long durationMs;
  private final boolean scheduled;
  private final long paceMs;
  private final int messagesEach;

  LoadProfile(int users, long durationMs, boolean scheduled, long paceMs, int messagesEach) {
    this.users = users;
    this.durationMs = durationMs;
    this.scheduled = scheduled;
    this.paceMs = paceMs;
    this.messagesEach = messagesEach;
  }

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The profile of that word, if there is one. */
  public static Optional<LoadProfile> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
  }

  /** All words, for a message: {@code smoke, steady, …}. */
  public static String words() {
    return Arrays.stream(values()).map(LoadProfile::word).collect(Collectors.joining(", "));
  }

  int users() {
    return users;
  }

  long durationMs() {
    return durationMs;
  }

  Pace pace() {
    return new Pace(scheduled, paceMs);
  }

  int messagesEach() {
    return messagesEach;
  }
}
