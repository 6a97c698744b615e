/** Results as records, and the formats that people and programs read. */
@NullMarked
package dev.holdfast.report;

import org.jspecify.annotations.NullMarked;
