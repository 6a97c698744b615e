package dev.holdfast.proxy.toxic;

/** Accepts new connections and says nothing; the server hears of them when it is removed. */
record AcceptSilent() implements Toxic {
  static final Kind KIND = Kind.of("accept_silent", a -> new AcceptSilent());

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow);
  }

  @Override
  public long acceptDelayNanos() {
    return Flow.FOREVER;
  }
}
