/** Tests of the package that they sit in. */
@NullMarked
package dev.holdfast.protocol.server;

import org.jspecify.annotations.NullMarked;
