@NullMarked
package dev.holdfast.client.websocket;

import org.jspecify.annotations.NullMarked;
