package dev.holdfast.proxy.toxic;

/** Cuts the connection after so many ms, whatever flows: heartbeats do not keep it open. */
record CutTime(long afterNanos, Cut cut) implements Toxic {
  static final Kind KIND =
      Kind.typed(
          "cut_time",
          a -> new CutTime(a.millisAsNanos("after"), Cut.from(a)),
          "after",
          0L,
          Cut.HOW,
          Cut.FIN);

  @Override
  public Pipe open(Flow flow) {
    flow.alarm(
        Math.max(1, afterNanos),
        () -> {
          flow.bite("cut_after_ns", afterNanos);
          cut.through(flow);
        });
    return new Pipe(flow);
  }
}
