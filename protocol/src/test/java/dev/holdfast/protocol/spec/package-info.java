/** The specification checked against itself: clauses, prose, schemas and AsyncAPI must agree. */
@NullMarked
package dev.holdfast.protocol.spec;

import org.jspecify.annotations.NullMarked;
