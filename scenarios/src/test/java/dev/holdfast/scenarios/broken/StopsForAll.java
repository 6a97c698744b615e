package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.Step;
import dev.holdfast.protocol.codec.Decoded;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.ServerStep;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One loop serves all sessions, and one session's misfortune ends it. */
final class StopsForAll {
  private StopsForAll() {}

  static Supplier<UnaryOperator<ServerStep>> atABadFrame() {
    return at(i -> i instanceof ServerInput.Received r && r.decoded() instanceof Decoded.Violation);
  }

  static Supplier<UnaryOperator<ServerStep>> atADeadSocket() {
    return at(i -> i instanceof ServerInput.Closed);
  }

  private static Supplier<UnaryOperator<ServerStep>> at(Predicate<ServerInput> fatal) {
    return () -> {
      AtomicBoolean stopped = new AtomicBoolean();
      return good ->
          (state, input, now) -> {
            if (stopped.get() || fatal.test(input)) {
              stopped.set(true);
              return new Step<>(state, List.of());
            }
            return good.step(state, input, now);
          };
    };
  }
}
