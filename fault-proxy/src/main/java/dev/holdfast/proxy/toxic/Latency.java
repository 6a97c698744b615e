package dev.holdfast.proxy.toxic;

/** Delays every chunk by latency ± jitter, less its age. Order is kept and delays overlap. */
record Latency(long latencyNanos, long jitterNanos) implements Toxic {
  static final Kind KIND =
      Kind.of(
          "latency",
          a -> new Latency(a.millisAsNanos("latency"), a.millisAsNanos("jitter")),
          "latency",
          "jitter");

  /** Chunks must be able to wait side by side, or latency would cut the throughput too. */
  @Override
  public int buffer() {
    return 1024;
  }

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow) {
      @Override
      public void chunk(Chunk chunk) {
        long wait = delay() - (flow.nowNanos() - chunk.stampNanos());
        if (wait > 0) {
          flow.bite("delayed_ns", wait);
        }
        flow.hold(chunk, wait, () -> flow.pass(chunk.later(wait)));
      }

      private long delay() {
        return latencyNanos + flow.chance().below(2 * jitterNanos) - jitterNanos;
      }
    };
  }
}
