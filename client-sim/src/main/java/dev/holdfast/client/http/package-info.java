/** The fallback: asking which transport to use, and talking over {@code POST /api/chat}. */
@NullMarked
package dev.holdfast.client.http;

import org.jspecify.annotations.NullMarked;
