/** Tests of the package that they sit in. */
@NullMarked
package dev.holdfast.protocol.journal;

import org.jspecify.annotations.NullMarked;
