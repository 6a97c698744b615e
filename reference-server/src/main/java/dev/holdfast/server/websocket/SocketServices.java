package dev.holdfast.server.websocket;

import dev.holdfast.server.Limits;
import dev.holdfast.server.metrics.ServerMetrics;
import dev.holdfast.server.session.Sessions;

/** What every WebSocket of the server needs. */
public record SocketServices(
    Sessions sessions, ServerMetrics metrics, Limits limits, long maxFrameBytes) {}
