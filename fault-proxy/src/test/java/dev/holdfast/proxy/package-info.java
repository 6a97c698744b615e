/** What any fault engine must do, shown over every engine at hand. */
@NullMarked
package dev.holdfast.proxy;

import org.jspecify.annotations.NullMarked;
