@NullMarked
package dev.holdfast.scenarios.rollout;

import org.jspecify.annotations.NullMarked;
