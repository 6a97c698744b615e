/** Whether an audit log tells what clients saw, all of it and nothing else. */
@NullMarked
package dev.holdfast.scenarios.audit;

import org.jspecify.annotations.NullMarked;
