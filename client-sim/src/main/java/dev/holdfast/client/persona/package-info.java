/** People who talk by a script: what they do, what they expect, and what they saw instead. */
@NullMarked
package dev.holdfast.client.persona;

import org.jspecify.annotations.NullMarked;
