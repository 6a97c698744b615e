/** What was seen, as records that every judge reads. */
@NullMarked
package dev.holdfast.protocol.journal;

import org.jspecify.annotations.NullMarked;
