package dev.holdfast.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A certificate and its key as PEM files.
 *
 * @param certificate the chain, the server's own first
 * @param key its private key: PKCS #8, without a password
 */
public record Tls(Path certificate, Path key) {

  SslContext context() throws IOException {
    readable("certificate", certificate);
    readable("key", key);
    try {
      return SslContextBuilder.forServer(certificate.toFile(), key.toFile()).build();
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException(
          "TLS with "
              + certificate
              + " and "
              + key
              + " is not possible: both must be PEM, the key PKCS #8 without a password ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static void readable(String what, Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("the " + what + " " + file + " cannot be read");
    }
  }
}
