/** Clients that keep every MUST of profile core in an unusual manner, and must not be accused. */
@NullMarked
package dev.holdfast.scenarios.odd.client;

import org.jspecify.annotations.NullMarked;
