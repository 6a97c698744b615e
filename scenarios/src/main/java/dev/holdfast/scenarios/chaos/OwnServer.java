package dev.holdfast.scenarios.chaos;

import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.scenarios.model.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A server process that one scenario has for itself, so that it may be killed. */
public interface OwnServer extends AutoCloseable {

  /** Where its WebSocket is; the same after every restart. */
  URI url();

  /** Sends the process a signal; taking the fault away starts it again, or lets it go on. */
  Injection signal(String fault);

  /** Where it writes its audit log; null where nobody knows. */
  default @Nullable Path audit() {
    return null;
  }

  @Override
  void close();

  /** Starts one as a scenario needs it. */
  @FunctionalInterface
  interface Starter {
    OwnServer start(Scenario scenario) throws IOException, InterruptedException;
  }
}
