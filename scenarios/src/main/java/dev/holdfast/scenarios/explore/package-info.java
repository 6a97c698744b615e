/** A failing story made small, told again and shown: the explorer and its shrinker. */
@NullMarked
package dev.holdfast.scenarios.explore;

import org.jspecify.annotations.NullMarked;
