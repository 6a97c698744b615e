/** A WebSocket client that speaks bytes, for tests that must see each of them. */
@NullMarked
package dev.holdfast.server.wire;

import org.jspecify.annotations.NullMarked;
