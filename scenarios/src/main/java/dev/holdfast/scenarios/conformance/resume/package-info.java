/** Cases of profile resume, and the client that they speak through. */
@NullMarked
package dev.holdfast.scenarios.conformance.resume;

import org.jspecify.annotations.NullMarked;
