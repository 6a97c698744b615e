package dev.holdfast.server.rollout;

import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.server.Doors;
import dev.holdfast.server.audit.AuditSink;
import dev.holdfast.server.session.Sessions;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rollout as it stands, and what changing it does to the sessions. */
public final class RolloutSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutSwitch.class);

  private final Sessions sessions;
  private final Doors doors;
  private final AuditSink audit;
  private final ServerInput.Drain drain;
  private volatile Rollout rollout;

  /**
   * @param drain what sessions are told when the WebSocket is turned off
   */
  public RolloutSwitch(
      Rollout rollout, Sessions sessions, Doors doors, AuditSink audit, ServerInput.Drain drain) {
    this.rollout = rollout;
    this.sessions = sessions;
    this.doors = doors;
    this.audit = audit;
    this.drain = drain;
  }

  public Rollout rollout() {
    return rollout;
  }

  /** Another percentage cuts nobody off; turning it off drains, turning it on lets in again. */
  public synchronized void change(Rollout next) throws IOException {
    audit.append(
        List.of(
            AuditEvent.of(AuditEvent.ROLLOUT_CHANGE)
                .with(AuditField.ENABLED, next.enabled())
                .with(AuditField.PERCENT, Double.toString(next.percent()))));
    boolean wasEnabled = rollout.enabled();
    rollout = next;
    LOG.info("event=rollout_change enabled={} percent={}", next.enabled(), next.percent());
    if (next.enabled()) {
      doors.undrain();
      sessions.undrain();
    } else if (wasEnabled) {
      sessions.drain(drain);
    }
  }

  /** Sends all sockets away, until the rollout is set to enabled again. */
  public synchronized void drain() throws IOException {
    audit.append(List.of(AuditEvent.of(AuditEvent.DRAIN).with(AuditField.STOPPING, false)));
    LOG.info("event=drain deadline_ms={}", drain.deadlineMs());
    doors.drain();
    sessions.drain(drain);
  }
}
