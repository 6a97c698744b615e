/** What {@code chaos} alone needs: which scenarios, and the list of them. */
@NullMarked
package dev.holdfast.cli.chaos;

import org.jspecify.annotations.NullMarked;
