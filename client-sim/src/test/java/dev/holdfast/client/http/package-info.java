@NullMarked
package dev.holdfast.client.http;

import org.jspecify.annotations.NullMarked;
