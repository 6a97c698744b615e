/**
 * A fault proxy: TCP links that misbehave on request, driven through Toxiproxy's HTTP API.
 *
 * <p>{@code toxic} holds the faults, {@code wire} the data path, {@code frame} what a fault must
 * know of WebSocket, {@code api} the HTTP calls and {@code engine} the port that a harness uses.
 */
@NullMarked
package dev.holdfast.proxy;

import org.jspecify.annotations.NullMarked;
