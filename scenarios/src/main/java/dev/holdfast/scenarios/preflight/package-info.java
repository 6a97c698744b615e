/** The first look at a target: whether it speaks the protocol at all, and if not, what it is. */
@NullMarked
package dev.holdfast.scenarios.preflight;

import org.jspecify.annotations.NullMarked;
