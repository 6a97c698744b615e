package dev.holdfast.server.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of this machine's own, made by the JDK's keytool.
 *
 * @param ca the certificate of its issuer, which may be itself
 */
public record Pem(Path certificate, Path key, Path ca, SSLContext trusting) {
  private static final String PASSWORD = "changeit";

  public static Pem in(Path directory) throws Exception {
    Path file = directory.resolve("own.p12");
    generate(file, "own", "-validity", "2");
    return exported(directory, file, "own");
  }

  /** One that an authority of its own issued and that has expired. */
  public static Pem expired(Path directory) throws Exception {
    Path file = directory.resolve("expired.p12");
    generate(file, "authority", "-ext", "bc:critical=ca:true");
    generate(file, "own", "-signer", "authority", "-startdate", "-3d", "-validity", "2");
    return exported(directory, file, "authority");
  }

  private static Pem exported(Path directory, Path file, String authority) throws Exception {
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    var certificate = store.getCertificate("own");
    var key = store.getKey("own", PASSWORD.toCharArray());
    var issuer = store.getCertificate(authority);
    return new Pem(
        write(directory.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded()),
        write(directory.resolve("key.pem"), "PRIVATE KEY", key.getEncoded()),
        write(directory.resolve("ca.pem"), "CERTIFICATE", issuer.getEncoded()),
        trusting(issuer));
  }

  private static void generate(Path file, String alias, String... more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                alias.equals("own") ? "CN=localhost" : "CN=" + alias,
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  private static Path write(Path file, String what, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static SSLContext trusting(Certificate issuer) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("issuer", issuer);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
