/** The Netty shell of a connection: handshake, frames in, frames out, close. */
@NullMarked
package dev.holdfast.server.websocket;

import org.jspecify.annotations.NullMarked;
