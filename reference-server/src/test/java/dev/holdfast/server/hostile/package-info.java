/** Peers that mean harm, or are many. */
@NullMarked
package dev.holdfast.server.hostile;

import org.jspecify.annotations.NullMarked;
