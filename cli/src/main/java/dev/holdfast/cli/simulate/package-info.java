/** The command {@code simulate}: stories played, counted and judged. */
@NullMarked
package dev.holdfast.cli.simulate;

import org.jspecify.annotations.NullMarked;
