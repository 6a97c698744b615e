/** Toxiproxy's HTTP API, and beside it the calls for the faults that Toxiproxy lacks. */
@NullMarked
package dev.holdfast.proxy.api;

import org.jspecify.annotations.NullMarked;
