package dev.holdfast.scenarios.conformance;

/**
 * How patiently and how many at a time cases are played.
 *
 * @param patienceMs how long anything that must come may take, unless its clause says otherwise
 * @param aftermathMs how long is watched for what must not come
 * @param atOneTime cases side by side; a target is asked for conformance here, not for load
 * @param slow whether cases that may wait longer than 5 s are played
 */
public record Pace(long patienceMs, long aftermathMs, int atOneTime, boolean slow) {

  public static final Pace STANDARD = new Pace(5_000, 300, 24, false);

  public Pace slowToo() {
    return new Pace(patienceMs, aftermathMs, atOneTime, true);
  }

  /**
   * The same with another patience.
   *
   * @param ms milliseconds, at least 1
   */
  public Pace patient(long ms) {
    return new Pace(ms, aftermathMs, atOneTime, slow);
  }

  /** The same, with fewer or more cases at one time. */
  public Pace with(int cases) {
    return new Pace(patienceMs, aftermathMs, cases, slow);
  }
}
