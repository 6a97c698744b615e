package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.toxic.Attributes;
import dev.holdfast.proxy.wire.Direction;
import eu.rekawek.toxiproxy.model.Toxic;
import eu.rekawek.toxiproxy.model.ToxicDirection;
import eu.rekawek.toxiproxy.model.ToxicList;
import java.io.IOException;
import java.util.Set;

/**
 * Toxics by name on top of toxiproxy-java, which has a method for each type. Jitter, delay and a
 * toxicity below 1 are set by a second call there, a moment after the toxic is at work.
 */
final class Typed {
  /** The toxics that toxiproxy-java can create: all of Toxiproxy's but noop. */
  static final Set<String> NAMES =
      Set.of("latency", "bandwidth", "slow_close", "timeout", "reset_peer", "slicer", "limit_data");

  private Typed() {}

  static Toxic create(ToxicList toxics, String name, Direction direction, Order order)
      throws IOException {
    ToxicDirection side =
        direction == Direction.UPSTREAM ? ToxicDirection.UPSTREAM : ToxicDirection.DOWNSTREAM;
    Toxic toxic = create(toxics, name, side, order.kind().name(), order.attributes());
    if (order.toxicity() < 1) {
      toxic.setToxicity(order.toxicity());
    }
    return toxic;
  }

  private static Toxic create(
      ToxicList toxics, String name, ToxicDirection side, String type, Attributes a)
      throws IOException {
    return switch (type) {
      case "latency" -> {
        var latency = toxics.latency(name, side, a.whole("latency"));
        yield a.whole("jitter") > 0 ? latency.setJitter(a.whole("jitter")) : latency;
      }
      case "bandwidth" -> toxics.bandwidth(name, side, a.whole("rate"));
      case "slow_close" -> toxics.slowClose(name, side, a.whole("delay"));
      case "timeout" -> toxics.timeout(name, side, a.whole("timeout"));
      case "reset_peer" -> toxics.resetPeer(name, side, a.whole("timeout"));
      case "slicer" -> {
        var slicer = toxics.slicer(name, side, a.whole("average_size"), a.whole("delay"));
        yield a.whole("size_variation") > 0
            ? slicer.setSizeVariation(a.whole("size_variation"))
            : slicer;
      }
      case "limit_data" -> toxics.limitData(name, side, a.whole("bytes"));
      default -> throw new IllegalArgumentException("toxiproxy-java cannot create " + type);
    };
  }
}
