/** Scenarios on real sockets through the fault proxy. */
@NullMarked
package dev.holdfast.scenarios.chaos;

import org.jspecify.annotations.NullMarked;
