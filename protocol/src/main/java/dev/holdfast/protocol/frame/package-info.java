/** What travels: a frame is an envelope and a body. */
@NullMarked
package dev.holdfast.protocol.frame;

import org.jspecify.annotations.NullMarked;
