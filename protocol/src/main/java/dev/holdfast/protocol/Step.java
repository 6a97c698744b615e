package dev.holdfast.protocol;

import java.util.List;

/**
 * What one input led to: the next state, and what the shell must now carry out, in this order.
 *
 * @param <S> the state
 * @param <O> the outputs
 */
public record Step<S, O>(S state, List<O> outputs) {}
