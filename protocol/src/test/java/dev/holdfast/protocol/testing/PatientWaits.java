package dev.holdfast.protocol.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets every test of every module wait so long that only what never happens fails: Awaitility's own
 * 10 s pass on a busy machine before a server has started. JUnit finds this class by itself.
 */
public final class PatientWaits implements BeforeAllCallback {
  /** How long a test waits for what must happen. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(PATIENCE);
  }
}
