/** Each rule of profile resume as a script that one half plays against a peer made by hand. */
@NullMarked
package dev.holdfast.protocol.rules;

import org.jspecify.annotations.NullMarked;
