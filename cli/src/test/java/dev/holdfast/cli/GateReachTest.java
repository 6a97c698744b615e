package dev.holdfast.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.cli.run.Signals;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.Tls;
import dev.holdfast.server.wire.Pem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The whole gate on a server under TLS that lets only those in who show a token. */
@Tag("ci")
@Isolated("its loads must be its own")
class GateReachTest {
  private static final String TOKEN = "open-sesame";

  @TempDir private Path folder;

  private ReferenceServer server() throws Exception {
    Pem pem = Pem.in(folder);
    return ReferenceServer.start(
        ServerOptions.builder()
            .tls(new Tls(pem.certificate(), pem.key()))
            .accessToken(TOKEN)
            .build());
  }

  private Spoken gate(ReferenceServer server, String tls, String... more) throws Exception {
    String there = "localhost:" + URI.create(server.wsUrl()).getPort();
    String declared =
        ("target: {url: 'wss://" + there + "/ws/chat', http: 'https://" + there + "',")
            + (" endpoints: [/api/chat, /api/transport]," + tls)
            + " headers: {Authorization: 'Bearer {env.TOKEN}'}}\n"
            + "stimuli: {slow: \"#agent slow_ms=500\\nTell me a story\"}\n";
    Path config = Files.writeString(folder.resolve("holdfast.yaml"), declared);
    String[] words = {"gate", "--quick", "--config", config.toString(), "--out", out().toString()};
    String[] all = Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    return Spoken.by(Signals.NONE, Map.of("TOKEN", TOKEN), all);
  }

  private Path out() {
    return folder.resolve("report");
  }

  private void assertRolloutWasJudged() {
    for (String address :
        new String[] {"rollout/share-is-binomial", "rollout/cohort-is-no-worse"}) {
      Finding finding =
          JsonFormat.read(out().resolve("report.json")).findings(Stage.ROLLOUT).stream()
              .filter(f -> f.address().equals(address))
              .findFirst()
              .orElseThrow();
      assertEquals(Verdict.PASS, finding.verdict(), finding::toString);
    }
  }

  @Test
  void theGatePassesUnderADeclaredAuthority() throws Exception {
    try (ReferenceServer server = server()) {
      Spoken spoken = gate(server, " tls: {ca: ca.pem},");
      assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
      assertRolloutWasJudged();
    }
  }

  @Test
  void theGatePassesWithAnyCertificateAndItsReportSaysSo() throws Exception {
    try (ReferenceServer server = server()) {
      Spoken spoken = gate(server, "", "--insecure");
      assertEquals(0, spoken.exitCode(), () -> spoken.out() + spoken.err());
      assertTrue(spoken.err().contains("INSECURE: --insecure accepts any certificate"));
      assertTrue(Files.readString(out().resolve("index.html")).contains("INSECURE: "));
      assertRolloutWasJudged();
    }
  }
}
