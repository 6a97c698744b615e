package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;

final class EmbeddedProxyTest extends ProxyContract {
  @Override
  FaultEngine engine() {
    return Engines.embedded();
  }
}
