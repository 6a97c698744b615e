/** What is said while a run is going on: to a person at a terminal, to a log, or to a program. */
@NullMarked
package dev.holdfast.report.progress;

import org.jspecify.annotations.NullMarked;
