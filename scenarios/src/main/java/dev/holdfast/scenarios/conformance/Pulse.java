package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.wire.RawPeer;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.conformance.wire.WrongHandshake;
import dev.holdfast.scenarios.model.Target;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Whether the target as a whole still answers handshakes, whatever it answers. The target is asked
 * when a case went wrong, so that the case after which it stopped is named and the others are not
 * failed for it.
 */
final class Pulse {
  private static final long FRESH_NANOS = 2_000_000_000;

  private final Target target;
  private final String unique;
  private int asked;
  private long askedAt;
  private long toldAt;
  private int births;
  private @Nullable String killer;
  private boolean everAnswered;
  private final Set<String> playing = new LinkedHashSet<>();

  Pulse(Target target, String unique) {
    this.target = target;
    this.unique = unique;
  }

  /** Remembers that the target answered a handshake. */
  synchronized void answered() {
    everAnswered = true;
  }

  /** Why nothing can be judged: what the target does since the case with this address. */
  synchronized String silence(String caseAddress) {
    return everAnswered
        ? "the target stopped answering handshakes while " + caseAddress + " was played"
        : "the target answers no handshake";
  }

  synchronized void begins(String caseAddress) {
    playing.add(caseAddress);
  }

  synchronized void ends(String caseAddress) {
    playing.remove(caseAddress);
  }

  /** Which other cases are being played, as the end of a sentence; empty when there are none. */
  synchronized String beside(String caseAddress) {
    List<String> others = playing.stream().filter(c -> !c.equals(caseAddress)).toList();
    return others.isEmpty() ? "" : "; played at the same time: " + String.join(", ", others);
  }

  /** Which process of the target this is, from 0: grows with each restart. */
  synchronized int births() {
    return births;
  }

  /** The case after which no handshake was answered, or null while the target answers. */
  synchronized @Nullable String killer() {
    return killer == null || beats() ? null : killer;
  }

  /** Asks whether the target survived a case; if not, its name is kept. */
  boolean survived(String caseAddress) {
    return survived(caseAddress, System.nanoTime());
  }

  /** An answer to a handshake begun after the case ended holds for all cases that waited for it. */
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
    if (killer != null && askedAt != 0 && System.nanoTime() - toldAt < FRESH_NANOS) {
      return false;
    }
    askedAt = System.nanoTime();
    boolean alive = answers();
    toldAt = System.nanoTime();
    everAnswered |= alive;
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
    } catch (RawPeer.Refused | WrongHandshake e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
