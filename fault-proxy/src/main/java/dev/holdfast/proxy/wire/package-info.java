/**
 * The data path: proxies, connections, and the chain of stages that each direction of one runs
 * through.
 */
@NullMarked
package dev.holdfast.proxy.wire;

import org.jspecify.annotations.NullMarked;
