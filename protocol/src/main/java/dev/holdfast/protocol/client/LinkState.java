package dev.holdfast.protocol.client;

import java.util.Locale;

/** The four states that a person is shown. */
public enum LinkState {
  CONNECTING,
  CONNECTED,
  RECONNECTING,
  DISCONNECTED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
