/** Faults that know WebSocket, over raw sockets that speak it byte by byte. */
@NullMarked
package dev.holdfast.proxy.frame;

import org.jspecify.annotations.NullMarked;
