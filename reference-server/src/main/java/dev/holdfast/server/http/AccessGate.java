package dev.holdfast.server.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Asks for the access token, where one is required: a bearer, never a part of an address. */
final class AccessGate {
  private final @Nullable String token;

  AccessGate(@Nullable String token) {
    this.token = token;
  }

  boolean allows(Exchange exchange) {
    String shown = exchange.bearer();
    return token == null || (shown != null && same(shown, token));
  }

  private static boolean same(String a, String b) {
    return MessageDigest.isEqual(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
