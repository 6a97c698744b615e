/** The data path: in virtual time without a socket, and on sockets where memory is the matter. */
@NullMarked
package dev.holdfast.proxy.wire;

import org.jspecify.annotations.NullMarked;
