/** The JSON Schemas of the protocol, and which clause a frame breaks that does not fit them. */
@NullMarked
package dev.holdfast.scenarios.conformance.schema;

import org.jspecify.annotations.NullMarked;
