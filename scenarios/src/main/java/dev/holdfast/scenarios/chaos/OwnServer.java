package dev.holdfast.scenarios.chaos;

import dev.holdfast.proxy.engine.Injection;
import java.io.IOException;
import java.net.URI;

/** A server process that one scenario has for itself, so that it may be killed. */
public interface OwnServer extends AutoCloseable {

  /** Where its WebSocket is; the same after every restart. */
  URI url();

  /** Ends the process at once; taking the fault away starts it again. */
  Injection sigkill();

  @Override
  void close();

  /** Starts one. */
  @FunctionalInterface
  interface Starter {
    OwnServer start() throws IOException, InterruptedException;
  }
}
