package dev.holdfast.proxy.engine;

import java.util.function.LongSupplier;

/** A fault at work on a link. */
public interface Injection {
  /** One whose count and removal are somebody else's. */
  static Injection of(String fault, LongSupplier bites, Runnable removal) {
    return new Running(fault, bites, removal);
  }

  String fault();

  /**
   * How often it has affected traffic: chunks delayed, changed or discarded, connections closed. A
   * fault that never bit proves nothing.
   */
  long bites();

  /** Takes the fault away, on live connections too. Once more does nothing. */
  void remove();
}
