/**
 * One fault, one file: its settings beside its behaviour. Nothing else names it but the registry.
 */
@NullMarked
package dev.holdfast.proxy.toxic;

import org.jspecify.annotations.NullMarked;
