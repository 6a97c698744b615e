package dev.holdfast.server.http;

import dev.holdfast.server.Doors;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.audit.AuditSink;
import dev.holdfast.server.metrics.ServerMetrics;
import dev.holdfast.server.rollout.RolloutSwitch;
import dev.holdfast.server.session.Sessions;

/** What the HTTP side of one server needs. */
public record HttpServices(
    ServerOptions options,
    Sessions sessions,
    Doors doors,
    RolloutSwitch rollout,
    ServerMetrics metrics,
    AuditSink audit) {}
