package dev.holdfast.proxy.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.proxy.toxic.Twins;
import dev.holdfast.proxy.wire.Decision;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each toxic has a twin that is wrong in one way, and a check of the suite that says so. */
final class TwinsTest {
  /** How long a wrong toxic is given to do what it never does. */
  private static final int BRIEFLY_MS = 2_000;

  /** The suite over an engine with a wrong toxic in it. */
  private static final class Suite extends ToxicContract {
    private final FaultEngine engine;
    private final int patienceMs;

    Suite(FaultEngine engine, int patienceMs) {
      this.engine = engine;
      this.patienceMs = patienceMs;
    }

    @Override
    int patienceMs() {
      return patienceMs;
    }

    @Override
    FaultEngine engine() {
      return engine;
    }
  }

  /** A check of the suite. */
  private interface Check {
    void on(Suite suite) throws Exception;
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
            // On a busy machine a time that is too short becomes long enough now and then.
            await().until(() -> fails(new Suite(wrong, BRIEFLY_MS), check));
          }
          try (EmbeddedEngine right = engine(Toxics.ALL)) {
            run(new Suite(right, Wire.PATIENCE_MS), check);
          }
        });
  }

  private static EmbeddedEngine engine(Toxics toxics) throws Exception {
    return EmbeddedEngine.start(0, 1, Decision.Journal.NONE, toxics);
  }

  private static boolean fails(Suite suite, Check check) throws Exception {
    try {
      run(suite, check);
      return false;
    } catch (AssertionError | SocketTimeoutException e) {
      return true;
    }
  }

  private static void run(Suite suite, Check check) throws Exception {
    suite.open();
    try {
      check.on(suite);
    } finally {
      suite.close();
    }
  }
}
