package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;
import org.junit.jupiter.api.Tag;

@Tag("ci")
final class ContainerBitesTest extends BitesContract {
  @Override
  FaultEngine engine() {
    return Engines.container();
  }
}
