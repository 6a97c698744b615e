/** People who talk to a server process that dies again and again. */
@NullMarked
package dev.holdfast.scenarios.durable;

import org.jspecify.annotations.NullMarked;
