package dev.holdfast.server.session;

import dev.holdfast.protocol.server.ServerStep;
import dev.holdfast.server.Doors;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.audit.AuditSink;
import dev.holdfast.server.metrics.ServerMetrics;
import dev.holdfast.server.store.SessionStore;
import java.util.function.Supplier;

/**
 * What the sessions of one server share.
 *
 * @param machine makes the machine of one session
 */
public record Household(
    Supplier<ServerStep> machine,
    Agent agent,
    AuditSink audit,
    SessionStore store,
    ServerMetrics metrics,
    Doors doors) {}
