/** Halves that are wrong in one way each, and the proof that the rules notice. */
@NullMarked
package dev.holdfast.protocol.broken;

import org.jspecify.annotations.NullMarked;
