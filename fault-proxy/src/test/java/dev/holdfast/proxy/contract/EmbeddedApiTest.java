package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;

final class EmbeddedApiTest extends ApiContract {
  @Override
  FaultEngine engine() {
    return Engines.embedded();
  }
}
