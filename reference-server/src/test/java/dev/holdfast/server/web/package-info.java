/** The page in a real browser, and what it is made of. */
@NullMarked
package dev.holdfast.server.web;

import org.jspecify.annotations.NullMarked;
