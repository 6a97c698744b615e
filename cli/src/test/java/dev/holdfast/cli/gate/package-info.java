@NullMarked
package dev.holdfast.cli.gate;

import org.jspecify.annotations.NullMarked;
