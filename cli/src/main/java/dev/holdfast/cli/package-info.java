/**
 * The command line: one class a command, {@code gate} for the stages of a gate, {@code run} for
 * what all judging commands share, {@code config} for {@code holdfast.yaml}.
 */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
