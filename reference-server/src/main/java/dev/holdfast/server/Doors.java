package dev.holdfast.server;

import org.jspecify.annotations.Nullable;

/** Whether new work is let in, and if not, why. */
public final class Doors {
  private volatile boolean draining;
  private volatile boolean stopping;
  private volatile boolean auditBroken;
  private volatile boolean storeBroken;

  /** Why nobody gets in by any path. */
  public enum Closed {
    DRAINING("draining", "The server is about to stop; try again later."),
    UNAVAILABLE("unavailable", "The server cannot keep its records; try again later.");

    private final String code;
    private final String error;

    Closed(String code, String error) {
      this.code = code;
      this.error = error;
    }

    public String code() {
      return code;
    }

    public String error() {
      return error;
    }
  }

  /** What stands against a new message over HTTP; null when nothing does. */
  public @Nullable Closed toMessages() {
    if (stopping) {
      return Closed.DRAINING;
    }
    return recordsBroken() ? Closed.UNAVAILABLE : null;
  }

  /** What stands against a new socket; null when nothing does. */
  public @Nullable Closed toSockets() {
    return draining ? Closed.DRAINING : toMessages();
  }

  /** Sockets are sent away, HTTP goes on. */
  public void drain() {
    draining = true;
  }

  public void undrain() {
    draining = false;
  }

  /** For good. */
  public void stop() {
    stopping = true;
  }

  public boolean stopping() {
    return stopping;
  }

  /** Tells whether this is news. */
  public boolean auditBroken(boolean broken) {
    boolean news = auditBroken != broken;
    auditBroken = broken;
    return news;
  }

  /** Tells whether this is news. */
  public boolean storeBroken(boolean broken) {
    boolean news = storeBroken != broken;
    storeBroken = broken;
    return news;
  }

  public boolean storeBroken() {
    return storeBroken;
  }

  /** Whether audit log or store could not be written to when it was last tried. */
  public boolean recordsBroken() {
    return auditBroken || storeBroken;
  }
}
