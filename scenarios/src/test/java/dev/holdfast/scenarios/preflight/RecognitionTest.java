package dev.holdfast.scenarios.preflight;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecognitionTest {
  private static final URI PLAIN = URI.create("ws://127.0.0.1:8000/ws/chat");
  private static final URI SECURE = URI.create("wss://127.0.0.1:8000/ws/chat");

  static Stream<Arguments> sights() {
    return Stream.of(
        sight(new Came.Unreached("Connection refused"), "Nothing listens at 127.0.0.1:8000"),
        sight(new Came.NoAnswer(5_000), "did not answer the handshake within 5 s"),
        sight(new Came.Ended(), "Try wss://127.0.0.1:8000/ws/chat."),
        sight(new Came.NotHttp("\u0015\u0003\u0003\0\2\2("), "They are TLS."),
        sight(new Came.NotHttp("-ERR unknown"), "'-ERR unknown'"),
        sight(http(404, "{\"detail\":\"Not Found\"}"), "The path is wrong."),
        sight(http(401, ""), "The server requires credentials."),
        sight(http(403, ""), "requires an Origin header or credentials"),
        sight(http(200, "<html>hello</html>"), "An HTTP server answers at this path"),
        sight(http(500, "oops"), "HTTP 500: oops. Read the server's log."),
        sight(new Came.Http(302, "/login", "", ""), "redirects to /login"),
        sight(new Came.Http(503, "", "7", ""), "not before Retry-After: 7"),
        sight(http(400, "{\"code\":0,\"message\":\"Transport unknown\"}"), "That is socket.io."),
        sight(new Came.Closed(1008, "no token"), "requires credentials or a parameter"),
        sight(new Came.Silence(5_000), "sent nothing within 5 s"),
        sight(new Came.OtherText("0{\"sid\":\"x\",\"upgrades\":[]}"), "That is socket.io"),
        sight(new Came.OtherText("CONNECTED\nversion:1.2\n\n\0"), "That is STOMP."),
        sight(new Came.OtherText("{\"jsonrpc\":\"2.0\"}"), "That is JSON-RPC."),
        sight(new Came.OtherText("Welcome!"), "It is plain text, not JSON."),
        sight(new Came.OtherText("{\"event\":\"hi\"}"), "It is JSON in another format"),
        sight(new Came.OtherText("[1]"), "It is JSON, but not an object."),
        sight(new Came.Binary(3), "The first message is binary, 3 bytes."));
  }

  private static Arguments sight(Came came, String words) {
    return Arguments.of(came, words);
  }

  private static Came http(int status, String body) {
    return new Came.Http(status, "", "", body);
  }

  @ParameterizedTest
  @MethodSource("sights")
  void tellsWhatCameAndWhatToDo(Came came, String words) {
    String sentence = Recognition.of(came, PLAIN).sentence();
    assertTrue(sentence.contains(words), sentence);
    assertTrue(sentence.endsWith(".") && !sentence.contains(".."), sentence);
  }

  @ParameterizedTest
  @MethodSource("sights")
  void neverOffersTlsWhereItIsSpoken(Came came, String words) {
    String sentence = Recognition.of(came, SECURE).sentence();
    assertTrue(!sentence.contains("Try wss://"), sentence);
  }
}
