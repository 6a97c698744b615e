package dev.holdfast.proxy.toxic;

/**
 * Discards everything, and closes after that much silence; 0 never closes by itself. Every chunk
 * re-arms it, so heartbeats keep such a connection open. Removing it closes the connection: its
 * stream has a hole.
 */
record Timeout(long timeoutNanos) implements Toxic {
  static final Kind KIND =
      Kind.of("timeout", a -> new Timeout(a.millisAsNanos("timeout")), "timeout");

  @Override
  public Pipe open(Flow flow) {
    return new Discarding(flow);
  }

  private final class Discarding extends Pipe {
    Discarding(Flow flow) {
      super(flow);
      arm();
    }

    @Override
    public void chunk(Chunk chunk) {
      flow.bite("discarded_bytes", chunk.size());
      flow.discard(chunk);
      arm();
    }

    @Override
    public void removed() {
      flow.bite("closed_on_removal", 1);
      flow.end();
    }

    private void arm() {
      if (timeoutNanos > 0) {
        flow.alarm(timeoutNanos, this::expire);
      }
    }

    private void expire() {
      flow.bite("closed_after_silence_ns", timeoutNanos);
      flow.end();
    }
  }
}
