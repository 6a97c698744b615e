package dev.holdfast.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person under load is like. */
public enum Persona {
  /** Connects, says one thing after the other, leaves. */
  TALK,
  /** Talks to an agent that streams its answers, where the target does. */
  STREAM,
  /** Says something, sits there with heartbeats only, says something at last. */
  IDLE,
  /** Loses the network while waiting for answers, and comes back for them. */
  DROP,
  /** Posts over HTTP and waits: how it was before WebSockets, for comparison. */
  POLL;

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Persona> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
  }
}
