package dev.holdfast.scenarios.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.ReferenceTarget;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.preflight.Preflight.Sight;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest {
  /** Patience with a server that never says anything. */
  private static final long SHORT_MS = 300;

  /** Patience with a server that greets at once and is silent then. */
  private static final long GREETED_WITHIN_MS = 2_000;

  private static final long LONG_MS = 60_000;
  private static final String GREETING =
      "{\"type\":\"status\",\"data\":{\"status\":\"connected\",\"session_id\":\"x\"}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HTTP/1.1 404 Not Found~~Not Found| The path is wrong.
          HTTP/1.1 401 Unauthorized~~| The server requires credentials.
          HTTP/1.1 403 Forbidden~Content-Length: 0~~| requires an Origin header or credentials
          HTTP/1.0 200 OK~~<html>hello</html>| An HTTP server answers at this path
          HTTP/1.1 307 Temporary Redirect~Location: /login~~| redirects to /login
          HTTP/1.1 400 Bad Request~~{"code":0,"message":"Transport unknown"}| That is socket.io.
          SSH-2.0-OpenSSH_9.9~| The port belongs to another protocol: 'SSH-2.0-OpenSSH_9.9'.
          ''| ended the connection without an answer to the handshake
          """)
  void namesWhatAnswersTheHandshake(String answer, String words) throws Exception {
    try (ForeignServer server = ForeignServer.ending(answer.replace("~", "\r\n"))) {
      contains(words, foreign(server, LONG_MS));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0{"sid":"lv_VI97HAXpY6yYWAAAB","upgrades":[],"pingInterval":25000}| That is socket.io
          {"jsonrpc":"2.0","method":"hello"}| That is JSON-RPC.
          Welcome to the chat!| It is plain text, not JSON.
          {"event":"hello"}| It is JSON in another format
          [1]| It is JSON, but not an object.
          """)
  void namesWhatSpeaksFirst(String text, String words) throws Exception {
    try (ForeignServer server = ForeignServer.saying(text)) {
      contains(words, foreign(server, LONG_MS));
    }
  }

  @Test
  void tellsASilentServerFromOneThatDoesNotAnswerTheHandshake() throws Exception {
    try (ForeignServer server = ForeignServer.saying()) {
      contains("sent nothing within 1 s", foreign(server, SHORT_MS));
    }
  }

  @Test
  void showsTheCodeOfAServerThatClosesAtOnce() throws Exception {
    String close = "\u0088\u0008\u0003\u00f0token?";
    try (ForeignServer server = ForeignServer.staying(ForeignServer.SWITCHES + close)) {
      String sentence = foreign(server, LONG_MS);
      contains("closed the connection with code 1008 'token?'", sentence);
      contains("requires credentials", sentence);
    }
  }

  @Test
  void comesAgainToAServerThatIsFullForASecond() throws Exception {
    String full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n\r\n";
    String pong = "{\"type\":\"pong\",\"data\":{}}";
    try (ForeignServer server = ForeignServer.saying(pong).answeringFirst(full)) {
      broken("conversation/greets-first", "pong", server, LONG_MS);
    }
  }

  @Test
  void showsTheBytesOfTls() throws Exception {
    String alert = "\u0015\u0003\u0003\u0000\u0002\u0002\u0032";
    try (ForeignServer server = ForeignServer.ending(alert)) {
      contains("They are TLS.", foreign(server, LONG_MS));
    }
  }

  @Test
  void saysThatNothingListens() throws Exception {
    URI nowhere;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = URI.create("ws://127.0.0.1:" + free.getLocalPort() + "/ws/chat");
    }
    contains("Nothing listens at", sentence(look(nowhere, LONG_MS)));
  }

  @Test
  void failsAWrongAcceptValueInOneFinding() throws Exception {
    String wrong = ForeignServer.SWITCHES.replace("s3pP", "AAAA");
    try (ForeignServer server = ForeignServer.staying(wrong)) {
      broken("transport/opens-a-session", "Sec-WebSocket-Accept is wrong", server, LONG_MS);
    }
  }

  @Test
  void failsAMissingGreetingInOneFinding() throws Exception {
    String pong = "{\"type\":\"pong\",\"data\":{}}";
    try (ForeignServer server = ForeignServer.saying(pong)) {
      broken("conversation/greets-first", "pong", server, LONG_MS);
    }
  }

  @Test
  void failsAMessageWithoutAnEndInOneFinding() throws Exception {
    try (ForeignServer server = ForeignServer.saying(GREETING)) {
      broken("conversation/one-terminal-frame", "nothing", server, GREETED_WITHIN_MS);
    }
  }

  @Test
  void letsTheReferenceServerThrough(@TempDir Path audit) throws Exception {
    try (ReferenceTarget server = ReferenceTarget.start(ServerOptions::builder, audit)) {
      var sight = new Preflight(server.target().patientFor(LONG_MS), "again").look();
      assertInstanceOf(Sight.Ready.class, sight);
    }
  }

  private static void contains(String words, String sentence) {
    assertTrue(sentence.contains(words), sentence);
  }

  private static String foreign(ForeignServer server, long patienceMs) throws Exception {
    return sentence(look(server.url(), patienceMs));
  }

  private static String sentence(Sight sight) {
    return assertInstanceOf(Sight.Foreign.class, sight).diagnosis().sentence();
  }

  private static void broken(String clause, String seen, ForeignServer server, long patienceMs)
      throws Exception {
    Finding finding =
        assertInstanceOf(Sight.Broken.class, look(server.url(), patienceMs)).finding();
    assertEquals(clause, finding.address());
    assertEquals(Verdict.FAIL, finding.verdict());
    contains(seen, String.valueOf(finding.seen()));
  }

  private static Sight look(URI url, long patienceMs) throws IOException, InterruptedException {
    Target target = Target.scripted(url, null, Profile.CORE).patientFor(patienceMs);
    return new Preflight(target, "holdfast check server").look();
  }
}
