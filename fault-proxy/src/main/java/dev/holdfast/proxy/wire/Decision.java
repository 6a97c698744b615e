package dev.holdfast.proxy.wire;

/** One decision of a fault, for the journal. The connection is its number in the proxy, from 1. */
public record Decision(
    long monoNanos,
    String proxy,
    long connection,
    Direction direction,
    String toxic,
    String what,
    long value) {

  /** Takes decisions as they fall, on event loops: it must not block. */
  @FunctionalInterface
  public interface Journal {
    void decided(Decision decision);

    /** Keeps nothing. */
    Journal NONE = decision -> {};
  }
}
