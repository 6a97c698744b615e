@NullMarked
package dev.holdfast.load;

import org.jspecify.annotations.NullMarked;
