package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.wire.RawPeer;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.model.Target;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whether the target as a whole still answers handshakes, whatever it answers; asked when a case
 * went wrong, so that one that brought the target down is named and the others are not blamed.
 */
final class Pulse {
  private static final long FRESH_NANOS = 1_000_000_000;

  private final Target target;
  private final String unique;
  private int asked;
  private long askedAt;
  private int births;
  private @Nullable String killer;

  Pulse(Target target, String unique) {
    this.target = target;
    this.unique = unique;
  }

  /** Which process of the target this is, from 0: grows with each restart. */
  synchronized int births() {
    return births;
  }

  /** The case after which nobody was answered any more, or null while it lives. */
  synchronized @Nullable String killer() {
    return killer == null || beats() ? null : killer;
  }

  /** Asks whether the target survived a case; if not, its name is kept. */
  boolean survived(String caseAddress) {
    return survived(caseAddress, System.nanoTime());
  }

  /** An answer that was asked for after the case ended holds for everybody who waited for it. */
  private synchronized boolean survived(String caseAddress, long endedAt) {
    boolean askedSince = askedAt != 0 && askedAt - endedAt > 0;
    boolean alive = askedSince ? killer == null : beats();
    if (alive) {
      return true;
    }
    if (killer == null) {
      killer = caseAddress;
    }
    return false;
  }

  /** Starts a dead target anew where that can be done; false when it stays dead. */
  synchronized boolean revived(int bornBefore) throws InterruptedException {
    Target.@Nullable Restart restart = target.restart();
    if (births > bornBefore) {
      return true;
    }
    if (restart == null) {
      return false;
    }
    try {
      restart.now(Map.of());
      births++;
      killer = null;
      askedAt = 0;
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean beats() {
    if (killer != null && askedAt != 0 && System.nanoTime() - askedAt < FRESH_NANOS) {
      return false;
    }
    askedAt = System.nanoTime();
    boolean alive = answers();
    if (alive) {
      killer = null;
    }
    return alive;
  }

  private boolean answers() {
    URI url = URI.create(target.url() + "?session_id=hf-" + unique + "-pulse-" + ++asked);
    try {
      RawPeer.connect(
              url, "pulse", new WireLog(), Map.of(), target.access(), UnaryOperator.identity())
          .close();
      return true;
    } catch (RawPeer.Refused e) {
      return true;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).contains("Sec-WebSocket-Accept");
    }
  }
}
