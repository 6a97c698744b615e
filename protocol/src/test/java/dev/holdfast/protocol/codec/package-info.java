/** What the codec reads, refuses and writes. */
@NullMarked
package dev.holdfast.protocol.codec;

import org.jspecify.annotations.NullMarked;
