package dev.holdfast.proxy.engine;

/** A fault at work on a link. */
public interface Injection {
  String fault();

  /**
   * How often it has affected traffic: chunks delayed, changed or discarded, connections closed. A
   * fault that never bit proves nothing.
   */
  long bites();

  /** Takes the fault away, on live connections too. Once more does nothing. */
  void remove();
}
