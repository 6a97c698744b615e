package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.bundle.Seal;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What a quick gate leaves behind. */
@Isolated("its times count")
@Tag("lab")
class BundleTest extends BundleDeeds {

  @Override
  Path bundle() {
    return QuickGate.played().bundle();
  }

  @Test
  void theReferencePasses() throws Exception {
    Spoken gate = QuickGate.played().spoken();
    assertEquals(0, gate.exitCode(), () -> gate.out() + gate.err());
    assertTrue(gate.out().contains("Seal:   " + Seal.of(bundle())), gate::out);
  }

  @Test
  void everyKindOfNumberComesFromTheEvidence() throws Exception {
    new EveryNumber(bundle(), folder).isHadAgain(false);
  }
}
