package dev.holdfast.client.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates are accepted under TLS.
 *
 * @param ca a PEM file whose certificates are trusted in place of the system's; null is the
 *     system's
 * @param any accepts every certificate, whoever it is for
 */
public record Trust(@Nullable Path ca, boolean any) {
  /** The certificates that the system trusts. */
  public static final Trust SYSTEM = new Trust(null, false);

  /** Every certificate. */
  public static final Trust ANY = new Trust(null, true);

  /**
   * Reads the certificates.
   *
   * @throws IOException if the file cannot be read or holds no certificate
   */
  public SSLContext context() throws IOException {
    try {
      if (ca == null && !any) {
        return SSLContext.getDefault();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, ca == null ? new TrustManager[] {new Everybody()} : of(ca), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(ca + " holds no certificates in PEM: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] of(Path ca) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      int n = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + n++, one);
      }
      if (n == 0) {
        throw new IOException(ca + " holds no certificates in PEM");
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** An extended one is asked alone: the JDK adds no check of the name. */
  private static final class Everybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
