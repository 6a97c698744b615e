/** A bundle that takes seconds, for tests of what is left behind. */
@NullMarked
package dev.holdfast.cli.gate;

import org.jspecify.annotations.NullMarked;
