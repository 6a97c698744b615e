/**
 * Conformance of anybody's client: Holdfast plays the server, scripts it and breaks the network.
 *
 * <p>{@link dev.holdfast.scenarios.conformance.client.ClientCases} is the table of contents, one
 * file a section. An {@link dev.holdfast.scenarios.conformance.client.Adapter} starts the client
 * under test, once a case.
 */
@NullMarked
package dev.holdfast.scenarios.conformance.client;

import org.jspecify.annotations.NullMarked;
