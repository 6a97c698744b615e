package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;

final class EmbeddedToxicsTest extends ToxicContract {
  @Override
  FaultEngine engine() {
    return Engines.embedded();
  }
}
