/** What the tests of all modules share. */
@NullMarked
package dev.holdfast.protocol.testing;

import org.jspecify.annotations.NullMarked;
