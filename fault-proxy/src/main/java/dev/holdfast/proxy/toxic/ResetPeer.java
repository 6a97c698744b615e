package dev.holdfast.proxy.toxic;

/**
 * Closes with RST a while after the first chunk or the end of the stream. A connection that was
 * live before the toxic came is closed with FIN, as Toxiproxy does.
 */
record ResetPeer(long timeoutNanos) implements Toxic {
  static final Kind KIND =
      Kind.of("reset_peer", a -> new ResetPeer(a.millisAsNanos("timeout")), "timeout");

  @Override
  public Pipe open(Flow flow) {
    if (flow.opening()) {
      flow.resetOnClose(true);
    }
    return new Resetting(flow);
  }

  private final class Resetting extends Pipe {
    private boolean doomed;

    Resetting(Flow flow) {
      super(flow);
    }

    @Override
    public void chunk(Chunk chunk) {
      flow.discard(chunk);
      end();
    }

    @Override
    public void end() {
      doomed = true;
      flow.bite("reset_after_ns", timeoutNanos);
      flow.holdEnd(timeoutNanos);
    }

    /** A connection that it spared closes like any other from now on. */
    @Override
    public void removed() {
      if (!doomed) {
        flow.resetOnClose(false);
      }
    }
  }
}
