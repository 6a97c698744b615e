package dev.holdfast.protocol.frame;

/** The words of the capabilities that this version has. */
public final class Capability {
  /** The answer in pieces, as it is made. */
  public static final String TOKENS = "tokens";

  /** Stopping a run. */
  public static final String CANCEL = "cancel";

  private Capability() {}
}
