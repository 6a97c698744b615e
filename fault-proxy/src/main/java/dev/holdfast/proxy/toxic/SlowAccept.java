package dev.holdfast.proxy.toxic;

/** Puts a new connection through only after delay ms: the client is connected, and waits. */
record SlowAccept(long delayNanos) implements Toxic {
  static final Kind KIND =
      Kind.of("slow_accept", a -> new SlowAccept(a.millisAsNanos("delay")), "delay");

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow);
  }

  @Override
  public long acceptDelayNanos() {
    return delayNanos;
  }
}
