package dev.holdfast.proxy.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.proxy.toxic.Twins;
import dev.holdfast.proxy.wire.Decision;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Each toxic has a twin that is wrong in one way, and a check of the suite that says so. */
final class TwinsTest {
  /** The suite over an engine with a wrong toxic in it. */
  private static final class Suite extends ToxicContract {
    private final FaultEngine engine;

    Suite(FaultEngine engine) {
      this.engine = engine;
    }

    @Override
    FaultEngine engine() {
      return engine;
    }
  }

  /** A check of the suite. */
  private interface Check {
    void on(Suite suite) throws Throwable;
  }

  @TestFactory
  Stream<DynamicTest> theSuiteCatches() {
    return Stream.of(
        caught(Twins.LATENCY_FORGETS_AGE, ToxicContract::twoLatenciesAddUp),
        caught(Twins.LATENCY_IN_A_ROW, ToxicContract::latencyLeavesThroughputAlone),
        caught(Twins.BANDWIDTH_IN_KIBIBYTES, ToxicContract::bandwidthGoesInPiecesOfATenthOfASecond),
        caught(Twins.SLOW_CLOSE_SLOWS_DATA, ToxicContract::slowCloseDelaysTheEndOnly),
        caught(Twins.TIMEOUT_NOT_REARMED, ToxicContract::timeoutDiscardsAndClosesAfterSilence),
        caught(Twins.RESET_BY_FIN, ToxicContract::resetPeerResetsNewConnectionsOnBothSides),
        caught(Twins.SLICER_LOSES_A_BYTE, ToxicContract::slicerLosesNothing),
        caught(Twins.LIMIT_FORGETS, ToxicContract::limitDataCountsOnAcrossAnUpdate));
  }

  @Test
  void everyToxicThatDoesSomethingHasATwin() {
    assertEquals(
        Toxics.ALL.toxiproxy().stream()
            .map(kind -> kind.name())
            .filter(n -> !n.equals("noop"))
            .sorted()
            .toList(),
        Twins.all().stream().map(twin -> twin.kind().name()).distinct().sorted().toList());
  }

  private static DynamicTest caught(Twins.Twin twin, Check check) {
    return dynamicTest(
        twin.flaw(),
        () -> {
          try (EmbeddedEngine wrong = engine(Toxics.ALL.with(twin.kind()))) {
            assertThrows(AssertionError.class, run(wrong, check));
          }
          try (EmbeddedEngine right = engine(Toxics.ALL)) {
            run(right, check).execute();
          }
        });
  }

  private static EmbeddedEngine engine(Toxics toxics) throws Exception {
    return EmbeddedEngine.start(0, 1, Decision.Journal.NONE, toxics);
  }

  private static Executable run(FaultEngine engine, Check check) {
    return () -> {
      Suite suite = new Suite(engine);
      suite.open();
      try {
        check.on(suite);
      } finally {
        suite.close();
      }
    };
  }
}
