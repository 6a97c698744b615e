/** Limits a run is held to, and the statistics behind them. */
@NullMarked
package dev.holdfast.report.budget;

import org.jspecify.annotations.NullMarked;
