package dev.holdfast.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.run.Signals;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.Tls;
import dev.holdfast.server.wire.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target needs beside its address: trust under TLS, and headers that nobody else sees. */
class ReachTest {
  private static final String SECRET = "s3cr3t-t0ken";
  private static final String[] COMMANDS = {
    "check server --case conversation/greets-first",
    "chaos --scenario cut-mid-run",
    "load --users 2 --duration 4s --mix talk=100"
  };

  /** With the gate, which takes too long to be played here to its end. */
  private static final List<String> ALL_COMMANDS =
      Stream.concat(Stream.of(COMMANDS), Stream.of("gate --quick")).toList();

  private static final String STIMULI =
      "profile: resume\nstimuli: {slow: \"#agent slow_ms=500\\nTell me a story\"}\n";

  @TempDir Path folder;

  private Spoken on(String command, String... more) {
    String[] words =
        Stream.of(command.split(" "), new String[] {"--out", out()}, more)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    return Spoken.by(Signals.NONE, Map.of("TOKEN", SECRET), words);
  }

  private String out() {
    return folder.resolve("report").toString();
  }

  private String config(String text) throws IOException {
    return Files.writeString(folder.resolve("holdfast.yaml"), text).toString();
  }

  private ReferenceServer encrypted() throws Exception {
    return showing(Pem.in(folder));
  }

  private static ReferenceServer showing(Pem pem) throws IOException {
    return ReferenceServer.start(
        ServerOptions.builder().tls(new Tls(pem.certificate(), pem.key())).build());
  }

  @Test
  void aCertificateThatIsNotTrustedIsSaidInOneSentence() throws Exception {
    try (ReferenceServer server = encrypted()) {
      URI url = URI.create(server.wsUrl());
      String there = "127.0.0.1:" + url.getPort() + "/ws/chat";
      for (String command : ALL_COMMANDS) {
        Spoken spoken = on(command, "wss://" + there);
        assertEquals(2, spoken.exitCode(), spoken::out);
        String line = spoken.lastLine();
        assertTrue(line.startsWith("holdfast: INCONCLUSIVE the TLS certificate of wss://"), line);
        assertTrue(line.contains("no trusted authority issued it (subject CN=localhost, issuer"));

        Spoken plain = on(command, "ws://" + there);
        assertEquals(2, plain.exitCode(), plain::out);
        assertTrue(plain.lastLine().contains("speaks TLS: write wss://"), plain::out);
      }
    }
  }

  @Test
  void whoeverIsTrustedIsJudged() throws Exception {
    try (ReferenceServer server = encrypted()) {
      String url = "wss://localhost:" + URI.create(server.wsUrl()).getPort() + "/ws/chat";
      String declared = config(STIMULI + "target: {url: '" + url + "', tls: {ca: cert.pem}}\n");
      for (String command : COMMANDS) {
        Spoken trusted = on(command, "--config", declared);
        assertEquals(0, trusted.exitCode(), () -> trusted.out() + trusted.err());
      }
      Spoken any = on(COMMANDS[0], url, "--insecure");
      assertEquals(0, any.exitCode(), any::out);
      assertTrue(any.err().contains("INSECURE: --insecure accepts any certificate"), any::err);
      assertTrue(Files.readString(folder.resolve("report/index.html")).contains("INSECURE: "));
    }
  }

  @Test
  void anExpiredCertificateIsNamedAndDated() throws Exception {
    try (ReferenceServer server = showing(Pem.expired(folder))) {
      String url = "wss://localhost:" + URI.create(server.wsUrl()).getPort() + "/ws/chat";
      String trusted = config(STIMULI + "target: {url: '" + url + "', tls: {ca: ca.pem}}\n");
      String sentence =
          ("holdfast: INCONCLUSIVE the TLS certificate of " + url)
              + (" is not accepted: it expired on " + lastDay(folder.resolve("cert.pem")));
      for (String command : ALL_COMMANDS) {
        Spoken spoken = on(command, "--config", trusted);
        assertEquals(2, spoken.exitCode(), spoken::out);
        assertTrue(spoken.lastLine().startsWith(sentence), spoken::out);
      }
      Spoken untrusted = on(COMMANDS[0], url);
      assertEquals(2, untrusted.exitCode(), untrusted::out);
      assertTrue(untrusted.lastLine().startsWith(sentence), untrusted::out);
    }
  }

  private static LocalDate lastDay(Path certificate) throws Exception {
    try (InputStream in = Files.newInputStream(certificate)) {
      var read = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
      return LocalDate.ofInstant(read.getNotAfter().toInstant(), ZoneOffset.UTC);
    }
  }

  @Test
  void aServerWithoutTlsIsSaidToo() throws Exception {
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build())) {
      Spoken spoken = on(COMMANDS[0], server.wsUrl().replace("ws://", "wss://"));
      assertEquals(2, spoken.exitCode(), spoken::out);
      assertTrue(spoken.lastLine().contains("TLS cannot be spoken with wss://"), spoken::out);
    }
  }

  @Test
  void headersReachTheTargetAndNothingThatIsWritten() throws Exception {
    Set<String> heads = ConcurrentHashMap.newKeySet();
    try (ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build());
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> pass(door, URI.create(server.wsUrl()).getPort(), heads));
      String declared =
          config(
              STIMULI
                  + ("target: {url: 'ws://127.0.0.1:" + door.getLocalPort() + "', headers:")
                  + " {Authorization: 'Bearer {env.TOKEN}', X-Team: blue}}\n");
      for (String command : COMMANDS) {
        heads.clear();
        Spoken spoken = on(command, "--config", declared, "--json");
        assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
        assertFalse(heads.isEmpty());
        for (String head : heads) {
          assertTrue(head.contains("Authorization: Bearer " + SECRET), head);
          assertTrue(head.contains("X-Team: blue"), head);
        }
        assertFalse((spoken.out() + spoken.err()).contains(SECRET));
        assertNowhere();
        Spoken verified = Spoken.by("verify", out());
        assertEquals(0, verified.exitCode(), () -> command + verified.out());
      }
    }
  }

  private void assertNowhere() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(out()))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(new String(Files.readAllBytes(file), UTF_8).contains(SECRET), file::toString);
      }
    }
  }

  /** Passes bytes on both ways and keeps the head of each request. */
  private static void pass(ServerSocket door, int port, Set<String> heads) {
    try {
      while (true) {
        Socket guest = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        byte[] first = guest.getInputStream().readNBytes(1);
        Thread.ofVirtual().start(() -> copy(server, guest));
        Thread.ofVirtual()
            .start(() -> {
              try {
                byte[] head = new byte[4_096];
                head[0] = first.length == 0 ? 0 : first[0];
                int n = 1 + Math.max(0, guest.getInputStream().read(head, 1, head.length - 1));
                if (first.length > 0) { // Else it only looked whether anything listens.
                  heads.add(new String(head, 0, n, UTF_8));
                }
                server.getOutputStream().write(head, 0, n);
              } catch (IOException e) {
                return;
              }
              copy(guest, server);
            });
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // One side went.
    }
  }

  @Test
  void aVariableThatIsMissingIsNamed() throws Exception {
    String declared =
        config("target: {url: 'ws://127.0.0.1:9', headers: {Cookie: '{env.NONE}'}}\n");
    Spoken spoken = on(COMMANDS[0], "--config", declared);
    assertEquals(64, spoken.exitCode(), spoken::err);
    assertTrue(spoken.firstError().contains("target.headers.Cookie"), spoken::err);
    assertTrue(spoken.firstError().contains("NONE, which is not set"), spoken::err);
  }
}
