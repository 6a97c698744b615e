package dev.holdfast.proxy.toxic;

import java.util.concurrent.TimeUnit;

/** Lets at most rate kilobytes (1000 bytes) a second through; 0 stalls the stream without loss. */
record Bandwidth(long rate) implements Toxic {
  /** No loopback is faster, and the arithmetic stays in range. */
  private static final long FASTEST = 20_000_000;

  static final Kind KIND =
      Kind.of("bandwidth", a -> new Bandwidth(Math.min(a.whole("rate"), FASTEST)), "rate");

  /** A chunk that takes longer than this goes in pieces that take as long. */
  private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  @Override
  public Pipe open(Flow flow) {
    return new Pipe(flow) {
      // What the chunks so far cost more than they waited; a timer that was late is made up for.
      private long owedNanos;

      @Override
      public void chunk(Chunk chunk) {
        flow.bite("shaped_bytes", chunk.size());
        if (rate == 0) {
          flow.hold(chunk, Flow.FOREVER, () -> {});
        } else {
          owedNanos += TimeUnit.MILLISECONDS.toNanos(chunk.size()) / rate;
          send(chunk);
        }
      }

      private void send(Chunk chunk) {
        if (chunk.size() > rate * 100) {
          flow.hold(chunk, PIECE_NANOS, () -> sendPiece(chunk));
        } else {
          long started = flow.nowNanos();
          flow.hold(
              chunk,
              owedNanos,
              () -> {
                owedNanos -= flow.nowNanos() - started;
                flow.pass(chunk);
              });
        }
      }

      private void sendPiece(Chunk chunk) {
        flow.pass(chunk.first((int) (rate * 100)));
        owedNanos -= PIECE_NANOS;
        send(chunk);
      }
    };
  }
}
