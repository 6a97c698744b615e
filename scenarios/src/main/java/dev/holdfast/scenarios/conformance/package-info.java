/** What anybody's server or client must do, one case a requirement. */
@NullMarked
package dev.holdfast.scenarios.conformance;

import org.jspecify.annotations.NullMarked;
