/**
 * The reference server beside others: processor time for a message that is answered in 22 frames.
 */
@NullMarked
package dev.holdfast.load.compare;

import org.jspecify.annotations.NullMarked;
