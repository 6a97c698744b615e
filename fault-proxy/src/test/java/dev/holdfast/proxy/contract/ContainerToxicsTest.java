package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;
import org.junit.jupiter.api.Tag;

@Tag("ci")
final class ContainerToxicsTest extends ToxicContract {
  @Override
  FaultEngine engine() {
    return Engines.container();
  }
}
