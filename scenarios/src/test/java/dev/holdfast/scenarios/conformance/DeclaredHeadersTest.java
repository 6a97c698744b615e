package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.client.access.Access;
import dev.holdfast.client.access.Trust;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.wire.HostileTarget;
import dev.holdfast.scenarios.conformance.wire.RawPeer;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.rollout.HttpTransports;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A request carries the declared headers, but for those that its case sets itself. */
class DeclaredHeadersTest {
  private static final String ANSWER = "{\"transport\":\"http\",\"rollout_percent\":25}";
  private static final Access DECLARED =
      new Access(
          Map.of("Origin", "https://app.example", "Authorization", "Bearer ours", "X-Team", "blue"),
          Trust.SYSTEM,
          null);

  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
  private final WireLog log = new WireLog();
  private HostileTarget server;

  @BeforeEach
  void start() throws IOException {
    server =
        HostileTarget.start(guest -> {
          heads.add(guest.request());
          guest.says(
              "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: "
                  + ANSWER.length()
                  + "\r\n\r\n"
                  + ANSWER);
        });
  }

  @AfterEach
  void end() throws IOException {
    server.close();
  }

  private URI http() {
    return Target.httpBeside(server.url());
  }

  private Http side() {
    Target target = Target.scripted(server.url(), http(), Profile.CORE).reachedWith(DECLARED);
    return new Http(target, log, session -> null);
  }

  /** The lines of the one request that came. */
  private List<String> lines() {
    assertEquals(1, heads.size());
    return heads.remove().lines().toList();
  }

  private String trace() {
    return log.lines().toString();
  }

  @Test
  void aHandshakeSendsItsOwnHeaderInPlaceOfTheDeclaredOne() {
    Map<String, String> own = Map.of("origin", "https://evil.example");

    assertThrows(
        RawPeer.Refused.class,
        () -> RawPeer.connect(server.url(), "c1", log, own, DECLARED, UnaryOperator.identity()));

    List<String> lines = lines();
    assertEquals(
        List.of("origin: https://evil.example"),
        lines.stream().filter(l -> l.toLowerCase(Locale.ROOT).startsWith("origin")).toList());
    assertTrue(lines.contains("X-Team: blue"), lines::toString);
    assertTrue(trace().contains("its own origin replaces the declared one"), this::trace);
  }

  @Test
  void aRequestSendsItsOwnHeaderInPlaceOfTheDeclaredOne() throws Exception {
    try (Http side = side()) {
      side.send("GET", "/api/transport", "", "authorization", "Bearer token").get();
    }

    List<String> lines = lines();
    assertTrue(lines.contains("authorization: Bearer token"), lines::toString);
    assertFalse(lines.toString().contains("Bearer ours"), lines::toString);
    assertTrue(lines.contains("Origin: https://app.example"), lines::toString);
    assertTrue(trace().contains("its own authorization replaces the declared one"), this::trace);
  }

  @Test
  void aRequestWithoutHeadersOfItsOwnReplacesNone() throws Exception {
    try (Http side = side()) {
      side.get("/health");
    }

    assertTrue(lines().contains("Authorization: Bearer ours"));
    assertFalse(trace().contains("replaces"), this::trace);
  }

  @Test
  void withADeclaredAuthorizationNoRequestIsWithoutABearer() {
    try (Http side = side()) {
      assertThrows(Inapplicable.class, side::sendsNoBearer);
    }
  }

  @Test
  void theQuestionsOfARolloutCarryThem() throws Exception {
    HttpTransports transports = new HttpTransports(http(), DECLARED);

    assertFalse(transports.websocket("ana", "s-1"));
    assertEquals(25, transports.percent());

    assertEquals(2, heads.size());
    for (String head : heads) {
      assertTrue(head.startsWith("GET /api/transport?"), head);
      assertTrue(head.contains("Authorization: Bearer ours"), head);
      assertTrue(head.contains("Origin: https://app.example"), head);
      assertTrue(head.contains("X-Team: blue"), head);
    }
  }
}
