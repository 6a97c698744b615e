/** The only JSON of frames: text in, a frame or a violation out, and back. */
@NullMarked
package dev.holdfast.protocol.codec;

import org.jspecify.annotations.NullMarked;
