/** Who may use the WebSocket. */
@NullMarked
package dev.holdfast.server.rollout;

import org.jspecify.annotations.NullMarked;
