/**
 * Servers that are wrong in one way each, and the proof that the conformance cases notice.
 *
 * <p>To add one: bend the machine in {@link dev.holdfast.scenarios.broken.Bends} or the wire in
 * {@link dev.holdfast.scenarios.broken.WireTwins} (a twin that remembers something is a file of its
 * own), give it a line in {@link dev.holdfast.scenarios.broken.BrokenServers} with the cases that
 * must notice, and write the kill table anew as {@code KillTableTest} tells.
 */
@NullMarked
package dev.holdfast.scenarios.broken;

import org.jspecify.annotations.NullMarked;
