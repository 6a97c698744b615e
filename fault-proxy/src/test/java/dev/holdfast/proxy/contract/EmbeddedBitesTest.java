package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;

final class EmbeddedBitesTest extends BitesContract {
  @Override
  FaultEngine engine() {
    return Engines.embedded();
  }
}
