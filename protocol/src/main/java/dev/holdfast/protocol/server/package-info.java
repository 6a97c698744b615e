/** The server's machines: connection, session and run. */
@NullMarked
package dev.holdfast.protocol.server;

import org.jspecify.annotations.NullMarked;
