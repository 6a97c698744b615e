/**
 * The reference client as a program that a conformance check can drive: the adapter protocol of
 * docs/client-adapter.md on standard input and output.
 */
@NullMarked
package dev.holdfast.client.adapter;

import org.jspecify.annotations.NullMarked;
