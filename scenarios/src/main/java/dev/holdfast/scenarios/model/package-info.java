/** A scenario as data. */
@NullMarked
package dev.holdfast.scenarios.model;

import org.jspecify.annotations.NullMarked;
