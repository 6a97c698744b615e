/** The reference server: sockets, timers and threads round the protocol's machines. */
@NullMarked
package dev.holdfast.server;

import org.jspecify.annotations.NullMarked;
