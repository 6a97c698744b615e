package dev.holdfast.proxy.toxic;

/** Cuts the connection after so many bytes of a direction, with FIN or RST. */
record CutBytes(long bytes, Cut cut) implements Toxic {
  static final Kind KIND =
      Kind.typed(
          "cut_bytes",
          a -> new CutBytes(a.whole("bytes"), Cut.from(a)),
          "bytes",
          0L,
          Cut.HOW,
          Cut.FIN);

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow) {
      private long passed;

      @Override
      public void chunk(Chunk chunk) {
        if (passed + chunk.size() < bytes) {
          passed += chunk.size();
          flow.pass(chunk);
          return;
        }
        flow.bite("cut_after_bytes", bytes);
        flow.pass(chunk.first((int) (bytes - passed)));
        flow.discard(chunk);
        cut.through(flow);
      }
    };
  }
}
