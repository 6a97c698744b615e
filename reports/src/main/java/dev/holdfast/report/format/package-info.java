/** The forms a finished report takes; each is one file that implements {@link Format}. */
@NullMarked
package dev.holdfast.report.format;

import org.jspecify.annotations.NullMarked;
