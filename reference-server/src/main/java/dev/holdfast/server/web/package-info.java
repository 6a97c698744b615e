/** What a person sees in a browser. */
@NullMarked
package dev.holdfast.server.web;

import org.jspecify.annotations.NullMarked;
