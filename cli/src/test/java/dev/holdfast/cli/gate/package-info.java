/** Gates and what they leave behind. */
@NullMarked
package dev.holdfast.cli.gate;

import org.jspecify.annotations.NullMarked;
