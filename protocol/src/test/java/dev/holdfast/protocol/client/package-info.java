/** Tests of the package that they sit in. */
@NullMarked
package dev.holdfast.protocol.client;

import org.jspecify.annotations.NullMarked;
