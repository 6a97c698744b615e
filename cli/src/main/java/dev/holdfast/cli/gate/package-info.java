/** The stages of a gate, each of which a command may also run alone. */
@NullMarked
package dev.holdfast.cli.gate;

import org.jspecify.annotations.NullMarked;
