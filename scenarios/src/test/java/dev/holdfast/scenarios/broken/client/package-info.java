/** Clients that are wrong in one way each, and which conformance case catches which. */
@NullMarked
package dev.holdfast.scenarios.broken.client;

import org.jspecify.annotations.NullMarked;
