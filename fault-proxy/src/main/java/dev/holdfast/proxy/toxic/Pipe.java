package dev.holdfast.proxy.toxic;

import org.jspecify.annotations.Nullable;

/** A toxic at work on one direction of one connection. This one changes nothing. */
public class Pipe {
  protected final Flow flow;

  public Pipe(Flow flow) {
    this.flow = flow;
  }

  /** The next chunk; this pipe owns it now. */
  public void chunk(Chunk chunk) {
    flow.pass(chunk);
  }

  /** The end of the stream: nothing follows. */
  public void end() {
    flow.end();
  }

  /** Bytes that were taken but not passed, behind any in hand; they are given over. */
  public @Nullable Chunk leftover() {
    return null;
  }

  /** The toxic was removed from a live connection; what it held is passed on after this. */
  public void removed() {}
}
