package dev.holdfast.proxy.toxic;

/** Closes the stream once so many bytes have passed; 0 closes at the first chunk. */
record LimitData(long bytes) implements Toxic {
  static final Kind KIND = Kind.of("limit_data", a -> new LimitData(a.whole("bytes")), "bytes");

  /** Bytes that have passed, kept across updates. */
  private static final class Passed {
    private long bytes;
  }

  @Override
  public Pipe open(Flow flow) {
    Passed passed = flow.memory(Passed.class, Passed::new);
    return new Pipe(flow) {
      @Override
      public void chunk(Chunk chunk) {
        long room = Math.max(0, bytes - passed.bytes);
        int fits = (int) Math.min(room, chunk.size());
        passed.bytes += fits;
        if (passed.bytes < bytes) {
          flow.pass(chunk);
        } else {
          flow.bite("cut_after_bytes", passed.bytes);
          flow.pass(chunk.first(fits));
          flow.discard(chunk);
          flow.end();
        }
      }
    };
  }
}
