package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;
import org.junit.jupiter.api.Tag;

@Tag("ci")
final class ExternalProxyTest extends ProxyContract {
  @Override
  FaultEngine engine() {
    return Engines.external();
  }
}
