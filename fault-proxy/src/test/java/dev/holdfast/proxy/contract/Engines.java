package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The engines that the suite runs over, each started once and ended with the JVM. */
final class Engines {
  private Engines() {}

  static FaultEngine embedded() {
    return Embedded.ENGINE;
  }

  private static final class Embedded {
    static final FaultEngine ENGINE = start();

    private static FaultEngine start() {
      try {
        FaultEngine engine = EmbeddedEngine.start(0, 1);
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
        return engine;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
