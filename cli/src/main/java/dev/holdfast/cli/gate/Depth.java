package dev.holdfast.cli.gate;

/** How much a gate asks, and about how long that takes on two cores. */
public enum Depth {
  /** What every commit can wait for: only what MUST hold, and the chaos marked quick. */
  QUICK(2_000, 3, 26_000),
  /** What a step of a rollout waits for. */
  STANDARD(10_000, 10, 75_000),
  /** Every case and every scenario, slow ones too, and a minute of load. */
  FULL(10_000, 25, 300_000);

  private final int users;
  private final int drillPeople;
  private final long aboutMs;

  Depth(int users, int drillPeople, long aboutMs) {
    this.users = users;
    this.drillPeople = drillPeople;
    this.aboutMs = aboutMs;
  }

  /** Simulated users whose transport is asked for. */
  int users() {
    return users;
  }

  /** People in the rollback drill. */
  int drillPeople() {
    return drillPeople;
  }

  /** Measured against the reference, which starts in no time; for saying how long is left. */
  long aboutMs() {
    return aboutMs;
  }
}
