package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;
import org.junit.jupiter.api.Tag;

@Tag("ci")
final class ExternalBitesTest extends BitesContract {
  @Override
  FaultEngine engine() {
    return Engines.external();
  }
}
