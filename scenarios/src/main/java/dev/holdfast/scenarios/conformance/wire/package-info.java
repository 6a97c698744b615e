/** A WebSocket peer that can say anything, right or wrong, byte by byte. */
@NullMarked
package dev.holdfast.scenarios.conformance.wire;

import org.jspecify.annotations.NullMarked;
