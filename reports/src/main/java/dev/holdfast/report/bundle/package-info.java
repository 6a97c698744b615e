/** What makes a report directory a bundle: a list of its files that shows any change. */
@NullMarked
package dev.holdfast.report.bundle;

import org.jspecify.annotations.NullMarked;
