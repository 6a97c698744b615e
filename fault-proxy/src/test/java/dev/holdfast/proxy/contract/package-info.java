/**
 * One suite of checks through toxiproxy-java for every engine, and the twins that it must catch.
 */
@NullMarked
package dev.holdfast.proxy.contract;

import org.jspecify.annotations.NullMarked;
