package dev.holdfast.proxy.toxic;

/** Changes nothing. Start from here to add a fault. */
record Noop() implements Toxic {
  static final Kind KIND = Kind.of("noop", a -> new Noop());

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow);
  }
}
