package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.wire.Direction;
import java.util.Set;
import java.util.function.LongSupplier;

/** How an engine knows that a fault affected traffic. Counts start when they are asked for. */
interface Evidence {
  /** Bites of a toxic that has just been added to the link. */
  LongSupplier of(String fault, String toxic, Set<Direction> directions);

  /** Bites of a link that is about to be disabled. */
  LongSupplier ofDown();
}
