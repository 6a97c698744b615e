package dev.holdfast.server.websocket;

import dev.holdfast.protocol.Profile;
import org.jspecify.annotations.Nullable;

/** A handshake that is let in: which session, for whom, speaking what. */
public record Welcome(String sessionId, @Nullable String userId, Profile profile) {}
