/**
 * The rollout judged: who is let in, whether the cohort fares worse than the control, and whether
 * turning the WebSocket off loses anything.
 */
@NullMarked
package dev.holdfast.scenarios.rollout;

import org.jspecify.annotations.NullMarked;
