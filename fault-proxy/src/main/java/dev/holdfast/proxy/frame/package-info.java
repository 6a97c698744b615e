/** WebSocket as a fault sees it on the wire: handshake, frame headers, masks. */
@NullMarked
package dev.holdfast.proxy.frame;

import org.jspecify.annotations.NullMarked;
