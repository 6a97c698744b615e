/**
 * Scenario files: YAML in, records out, or an error that names file, line, column and the nearest
 * word.
 */
@NullMarked
package dev.holdfast.scenarios.load;

import org.jspecify.annotations.NullMarked;
