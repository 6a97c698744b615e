package dev.holdfast.cli.run;

import dev.holdfast.cli.run.Knock.NobodyHome;
import dev.holdfast.client.access.Access;
import dev.holdfast.client.access.Trust;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether TLS is why a target cannot be talked to: its address and its port disagree, or
 * its certificate is not accepted.
 */
final class Tls {
  private static final int TIMEOUT_MS = 2_000;
  private static final String REMEDY =
      "; declare target.tls: {ca: FILE}, or accept any certificate with --insecure";

  private Tls() {}

  /**
   * Returns where TLS explains nothing.
   *
   * @throws NobodyHome if TLS is the reason; the message names it and the remedy
   */
  static void explain(URI url, Access access) throws NobodyHome {
    if ("wss".equals(url.getScheme())) {
      handshake(url, access);
    } else if (speaksTls(url)) {
      throw new NobodyHome("the port of " + url + " speaks TLS: write wss:// in place of ws://");
    }
  }

  private static void handshake(URI url, Access access) throws NobodyHome {
    try {
      secured(url, access).close();
    } catch (IOException e) {
      X509Certificate certificate = certificate(url);
      if (certificate == null) {
        throw new NobodyHome(
            "TLS cannot be spoken with "
                + url
                + ": "
                + e.getMessage()
                + "; if the server speaks none, write ws:// in place of wss://");
      }
      throw new NobodyHome(
          "the TLS certificate of "
              + url
              + " is not accepted: "
              + why(certificate, e)
              + " (subject "
              + certificate.getSubjectX500Principal()
              + ", issuer "
              + certificate.getIssuerX500Principal()
              + ")"
              + REMEDY);
    }
  }

  private static String why(X509Certificate certificate, IOException e) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException x) {
      return "it expired on " + day(certificate.getNotAfter().toInstant());
    } catch (CertificateNotYetValidException x) {
      return "it is valid from " + day(certificate.getNotBefore().toInstant()) + " only";
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      boolean named = cause instanceof CertificateException && message.startsWith("No ");
      if (named) {
        return "it is for another host: " + message;
      }
    }
    return "no trusted authority issued it";
  }

  private static String day(Instant instant) {
    return instant.toString().substring(0, 10);
  }

  private static SSLSocket secured(URI url, Access access) throws IOException {
    Socket plain = new Socket();
    try {
      plain.connect(new InetSocketAddress(url.getHost(), TargetUrl.port(url)), TIMEOUT_MS);
      plain.setSoTimeout(TIMEOUT_MS);
      return access.secure(plain, url);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  /** The certificate that the server shows; null where no TLS is spoken. */
  private static @Nullable X509Certificate certificate(URI url) {
    try (SSLSocket socket = secured(url, new Access(Map.of(), Trust.ANY, null))) {
      return socket.getSession().getPeerCertificates()[0] instanceof X509Certificate x ? x : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean speaksTls(URI url) {
    return certificate(url) != null;
  }
}
