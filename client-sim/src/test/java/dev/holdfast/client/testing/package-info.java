/** A WebSocket server that does what a test says, on raw sockets. */
@NullMarked
package dev.holdfast.client.testing;

import org.jspecify.annotations.NullMarked;
