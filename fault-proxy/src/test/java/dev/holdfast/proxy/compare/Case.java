package dev.holdfast.proxy.compare;

import dev.holdfast.proxy.toxic.Chance;
import java.util.ArrayList;
import java.util.List;

/** A random experiment: one toxic with attributes, and what is sent through it. */
record Case(
    int number,
    String type,
    boolean upstream,
    String attributes,
    List<Burst> bursts,
    boolean senderCloses) {

  /** So many bytes, after a pause. */
  record Burst(int pauseMs, int bytes) {}

  private static final List<String> TYPES =
      List.of(
          "latency",
          "bandwidth",
          "slow_close",
          "timeout",
          "reset_peer",
          "slicer",
          "limit_data",
          "noop");

  static Case of(long seed, int number) {
    Chance chance = Chance.of(seed, "case", number);
    String type = TYPES.get((int) chance.below(TYPES.size()));
    List<Burst> bursts = new ArrayList<>();
    int most = type.equals("slicer") ? 2_000 : 40_000;
    for (long i = 1 + chance.below(3); i > 0; i--) {
      bursts.add(new Burst((int) chance.below(60), 1 + (int) chance.below(most)));
    }
    return new Case(
        number, type, chance.below(2) == 0, attributes(type, chance), bursts, chance.below(3) > 0);
  }

  private static String attributes(String type, Chance chance) {
    return switch (type) {
      case "latency" -> one("latency", chance.below(300));
      case "bandwidth" -> one("rate", 100 + chance.below(900));
      case "slow_close" -> one("delay", chance.below(300));
      case "timeout" -> one("timeout", chance.below(2) * (100 + chance.below(200)));
      case "reset_peer" -> one("timeout", chance.below(200));
      case "slicer" ->
          "{\"average_size\":%d,\"size_variation\":%d,\"delay\":%d}"
              .formatted(100 + chance.below(500), chance.below(50), chance.below(3_000));
      case "limit_data" -> one("bytes", chance.below(60_000));
      default -> "{}";
    };
  }

  private static String one(String name, long value) {
    return "{\"%s\":%d}".formatted(name, value);
  }

  int bytes() {
    return bursts.stream().mapToInt(Burst::bytes).sum();
  }

  String toxic() {
    return "{\"type\":\"%s\",\"stream\":\"%s\",\"attributes\":%s}"
        .formatted(type, upstream ? "upstream" : "downstream", attributes);
  }
}
