/** The fault engines behind one port: embedded, external and container. */
@NullMarked
package dev.holdfast.proxy.engine;

import org.jspecify.annotations.NullMarked;
