/** Servers that are wrong in one way, for people who test clients and checkers. */
@NullMarked
package dev.holdfast.server.misbehaviour;

import org.jspecify.annotations.NullMarked;
