/** Everything that is plain HTTP, and the door to the WebSocket. */
@NullMarked
package dev.holdfast.server.http;

import org.jspecify.annotations.NullMarked;
