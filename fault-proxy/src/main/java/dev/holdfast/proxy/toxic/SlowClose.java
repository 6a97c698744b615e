package dev.holdfast.proxy.toxic;

/** Delays the end of the stream, and nothing else. */
record SlowClose(long delayNanos) implements Toxic {
  static final Kind KIND =
      Kind.of("slow_close", a -> new SlowClose(a.millisAsNanos("delay")), "delay");

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow) {
      @Override
      public void end() {
        flow.bite("close_delayed_ns", delayNanos);
        flow.holdEnd(delayNanos);
      }
    };
  }
}
