package dev.holdfast.protocol.frame;

/** The words of the capabilities that this version has. */
public final class Capability {
  /** The answer in pieces, as it is made. */
  public static final String TOKENS = "tokens";

  /** Stopping a run. */
  public static final String CANCEL = "cancel";

  /** Several clients in one session, each seeing what the others say. */
  public static final String SYNC = "sync";

  /** Who else is here. */
  public static final String PRESENCE = "presence";

  /** Runs that the server starts. */
  public static final String PUSH = "push";

  private Capability() {}
}
