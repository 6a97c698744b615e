@NullMarked
package dev.holdfast.scenarios.conformance.client;

import org.jspecify.annotations.NullMarked;
