package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.wire.Direction;
import dev.holdfast.proxy.wire.Proxy;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a proxy of ours between a foreign Toxiproxy and the server can see. Toxiproxy counts no
 * bites, so this counts the traffic of the kind that the fault bites on: chunks for one that delays
 * or discards, connections that ended for one that closes. Nothing seen means that the fault had
 * nothing to bite.
 */
record Tap(Proxy proxy) implements Evidence {
  private static final Set<String> CLOSING = Set.of("slow_close", "reset_peer", "limit_data");

  @Override
  public LongSupplier of(String fault, String toxic, Set<Direction> directions) {
    LongSupplier seen =
        CLOSING.contains(fault) ? proxy::ended : () -> chunks(directions) + ended(fault);
    return since(seen);
  }

  @Override
  public LongSupplier ofDown() {
    return since(proxy::ended);
  }

  private long chunks(Set<Direction> directions) {
    return directions.stream()
        .mapToLong(direction -> proxy.traffic(direction).chunks().sum())
        .sum();
  }

  private long ended(String fault) {
    return fault.equals("timeout") ? proxy.ended() : 0;
  }

  private static LongSupplier since(LongSupplier count) {
    long before = count.getAsLong();
    return () -> count.getAsLong() - before;
  }
}
