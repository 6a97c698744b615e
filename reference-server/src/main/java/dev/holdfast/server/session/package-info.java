/** Sessions as actors: one input at a time, its outputs carried out in order. */
@NullMarked
package dev.holdfast.server.session;

import org.jspecify.annotations.NullMarked;
