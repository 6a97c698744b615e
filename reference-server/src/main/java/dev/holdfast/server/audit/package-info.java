/** What happened, in an order that nobody can change unnoticed. */
@NullMarked
package dev.holdfast.server.audit;

import org.jspecify.annotations.NullMarked;
