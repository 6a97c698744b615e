/** Judges of histories: one question a file. */
@NullMarked
package dev.holdfast.scenarios.check;

import org.jspecify.annotations.NullMarked;
