/** What {@code check} alone needs: which cases, which known failures, the list of cases. */
@NullMarked
package dev.holdfast.cli.check;

import org.jspecify.annotations.NullMarked;
