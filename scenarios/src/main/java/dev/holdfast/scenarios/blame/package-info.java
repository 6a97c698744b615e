/** Whose doing a failure is, read off what client, network and server wrote down. */
@NullMarked
package dev.holdfast.scenarios.blame;

import org.jspecify.annotations.NullMarked;
