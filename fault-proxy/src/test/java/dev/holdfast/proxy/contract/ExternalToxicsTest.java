package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.FaultEngine;
import org.junit.jupiter.api.Tag;

@Tag("ci")
final class ExternalToxicsTest extends ToxicContract {
  @Override
  FaultEngine engine() {
    return Engines.external();
  }
}
