@NullMarked
package dev.holdfast.client.persona;

import org.jspecify.annotations.NullMarked;
