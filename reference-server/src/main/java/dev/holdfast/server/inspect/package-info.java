/** A live view of the server for somebody who watches a conversation recover. */
@NullMarked
package dev.holdfast.server.inspect;

import org.jspecify.annotations.NullMarked;
