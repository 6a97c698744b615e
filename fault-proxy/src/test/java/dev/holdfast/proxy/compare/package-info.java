/** The embedded engine and the real Toxiproxy side by side: what they do, and how fast. */
@NullMarked
package dev.holdfast.proxy.compare;

import org.jspecify.annotations.NullMarked;
