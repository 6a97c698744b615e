/** What a target's owner says of it, in {@code holdfast.yaml}. */
@NullMarked
package dev.holdfast.cli.config;

import org.jspecify.annotations.NullMarked;
