/** The agent-chat protocol's decisions: pure functions, no socket, thread, clock or chance. */
@NullMarked
package dev.holdfast.protocol;

import org.jspecify.annotations.NullMarked;
