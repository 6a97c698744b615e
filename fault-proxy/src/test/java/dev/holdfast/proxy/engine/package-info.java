/** The engines behind their port. */
@NullMarked
package dev.holdfast.proxy.engine;

import org.jspecify.annotations.NullMarked;
