/**
 * Sockets: dialing a WebSocket, sending, receiving, leaving politely or at once.
 *
 * <p>Tyrus speaks RFC 6455; the socket under it is ours ({@link
 * dev.holdfast.client.websocket.SocketContainer} says why). Nothing here knows the protocol above
 * the WebSocket.
 */
@NullMarked
package dev.holdfast.client.websocket;

import org.jspecify.annotations.NullMarked;
