/**
 * The machine that a run takes place on: whether it gave the run processor time when it needed it.
 */
@org.jspecify.annotations.NullMarked
package dev.holdfast.scenarios.machine;
