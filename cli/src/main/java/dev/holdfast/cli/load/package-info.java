/** What {@code load} alone needs. */
@NullMarked
package dev.holdfast.cli.load;

import org.jspecify.annotations.NullMarked;
