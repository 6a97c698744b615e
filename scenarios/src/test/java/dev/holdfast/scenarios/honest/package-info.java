/**
 * Honest odd servers: each keeps every MUST of core in an unusual manner, so none may be accused.
 */
@org.jspecify.annotations.NullMarked
package dev.holdfast.scenarios.honest;
