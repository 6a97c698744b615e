/** The simulated world: cores joined by a seeded network in virtual time. */
@NullMarked
package dev.holdfast.scenarios.world;

import org.jspecify.annotations.NullMarked;
