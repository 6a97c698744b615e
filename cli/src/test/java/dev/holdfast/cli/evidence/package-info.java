/** Bundles and the evidence in them. */
@NullMarked
package dev.holdfast.cli.evidence;

import org.jspecify.annotations.NullMarked;
