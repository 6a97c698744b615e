/** The client's machine: connecting, queueing, heartbeating, reconnecting. */
@NullMarked
package dev.holdfast.protocol.client;

import org.jspecify.annotations.NullMarked;
