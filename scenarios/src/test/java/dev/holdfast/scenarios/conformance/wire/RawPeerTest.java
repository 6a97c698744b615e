package dev.holdfast.scenarios.conformance.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.scenarios.conformance.wire.HostileTarget.Script;
import dev.holdfast.scenarios.conformance.wire.RawPeer.Refused;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A peer of ours keeps its bounds, whatever the other side does. */
@Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RawPeerTest {
  private static final String CLOSED = "closed 1006 ";
  private static final byte[] KIB = new byte[1_024];

  @Test
  void hearsWhatAGoodServerSays() throws Exception {
    try (HostileTarget target = HostileTarget.start(guest -> guest.greets().hangs());
        RawPeer peer = connect(target)) {
      Event.Text greeting =
          assertInstanceOf(Event.Text.class, peer.next(PatientWaits.PATIENCE.toMillis()));
      assertTrue(greeting.isStatus("connected"));
    }
  }

  @Test
  void saysThatNobodyIsThere() {
    assertThrows(
        RawPeer.Unreached.class,
        () -> RawPeer.connect(HostileTarget.nobody(), "c1", new WireLog(), Map.of()));
  }

  @Test
  void waitsForAHandshakeForSomeTimeInAll() {
    Script drips =
        guest -> {
          guest.request();
          while (guest.goesOn()) {
            guest.says("H").waits(50);
          }
        };
    assertThrows(SocketTimeoutException.class, () -> dialed(drips));
  }

  @Test
  void refusesAHeadWithoutEnd() {
    Script endless =
        guest -> {
          guest.request();
          guest.says("HTTP/1.1 101 Switching Protocols\r\n");
          while (guest.goesOn()) {
            guest.says("X-More: and more\r\n");
          }
        };
    assertEquals("the head of the answer is longer than 65536 bytes", failure(endless));
  }

  @Test
  void saysWhatIsWrongWithAnAnswer() {
    assertEquals(
        "the server's Sec-WebSocket-Accept is wrong",
        failure(answers(HostileTarget.switching("AAAA"))));
    assertEquals(
        "the server switched protocols in HTTP/1.0",
        failure(answers(HostileTarget.switching("AAAA").replace("HTTP/1.1", "HTTP/1.0"))));
    assertEquals("no HTTP answer: SSH-2.0-x", failure(answers("SSH-2.0-x\r\n\r\n")));
    assertEquals("no HTTP status: abc", failure(answers("HTTP/1.1 abc\r\n\r\n")));
  }

  @Test
  void tellsARefusalEvenWhenItsBodyNeverEnds() throws Exception {
    Script moved = answers("HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n<html>");
    Refused endless = assertThrows(Refused.class, () -> dialed(moved));
    assertEquals(302, endless.status());
    assertEquals("<html>", endless.body());
    assertEquals(200, refused("HTTP/1.0 200 OK\r\nContent-Length: -7\r\n\r\nhello").status());
    Refused short4 = refused("HTTP/1.1 400 No\r\nContent-Length: 4\r\n\r\nbody and more");
    assertEquals("body", short4.body());
    Refused many = refused("HTTP/1.1 503 No\r\nContent-Length: 99999999999\r\n\r\nx");
    assertEquals("x", many.body());
  }

  @Test
  void givesUpAFrameThatClaimsAGigabyte() throws Exception {
    Script huge =
        guest -> {
          guest.accepts().sends(HostileTarget.claim(WireFrame.TEXT, 1L << 30));
          floodWith(guest, KIB);
        };
    assertEquals("the server sent a frame of 1073741824 bytes", end(huge));
  }

  @Test
  void givesUpAMessageWhoseFragmentsNeverEnd() throws Exception {
    byte[] part = HostileTarget.frame(WireFrame.CONTINUATION, new byte[60_000]);
    part[0] = WireFrame.CONTINUATION;
    assertTrue(
        end(guest -> floodWith(guest.accepts(), part)).startsWith("the server sent a message"));
  }

  @Test
  void givesUpAFloodOfSmallFrames() throws Exception {
    byte[] small = HostileTarget.frame(WireFrame.TEXT, new byte[] {'{', '}'});
    assertEquals(
        "the server floods: more than 20000 messages at once",
        end(guest -> floodWith(guest.accepts(), small)));
  }

  @Test
  void givesUpAFloodOfBytesBeforeItFillsMemory() throws Exception {
    byte[] large = HostileTarget.frame(WireFrame.TEXT, new byte[65_535]);
    try (HostileTarget target = HostileTarget.start(g -> floodWith(g.accepts(), large))) {
      assertEquals("the server floods: more than 33554432 bytes", end(target));
      assertTrue(target.written() < 64 << 20, target.written() + " bytes were taken");
    }
  }

  @Test
  void givesUpAServerThatDoesNotRead() throws Exception {
    try (HostileTarget target = HostileTarget.start(guest -> guest.accepts().hangs())) {
      RawPeer peer = connect(target);
      assertEquals("the server does not read", whileWriting(peer));
    }
  }

  @Test
  void givesUpAServerThatPingsAndDoesNotRead() throws Exception {
    byte[] ping = HostileTarget.frame(WireFrame.PING, new byte[100]);
    try (HostileTarget target = HostileTarget.start(g -> floodWith(g.accepts(), ping))) {
      RawPeer peer = connect(target);
      assertEquals("the server does not read", whileWriting(peer));
    }
  }

  /** Writes until it fails and says why. */
  private static String whileWriting(RawPeer peer) {
    byte[] large = new byte[1 << 20];
    IOException failed =
        assertThrows(
            IOException.class,
            () -> {
              while (true) {
                peer.binary(large);
              }
            });
    peer.close();
    return String.valueOf(failed.getMessage());
  }

  private static void floodWith(HostileTarget.Guest guest, byte[] bytes) throws IOException {
    while (guest.goesOn()) {
      guest.sends(bytes);
    }
  }

  private static Script answers(String answer) {
    return guest -> {
      guest.request();
      guest.says(answer).hangs();
    };
  }

  private static RawPeer connect(HostileTarget target) throws IOException, Refused {
    return RawPeer.connect(target.url(), "c1", new WireLog(), Map.of());
  }

  private static void dialed(Script script) throws IOException, Refused {
    try (HostileTarget target = HostileTarget.start(script)) {
      connect(target).close();
    }
  }

  private static String failure(Script script) {
    return String.valueOf(assertThrows(IOException.class, () -> dialed(script)).getMessage());
  }

  private static Refused refused(String answer) {
    Script answersAndEnds =
        guest -> {
          guest.request();
          guest.says(answer);
        };
    return assertThrows(Refused.class, () -> dialed(answersAndEnds));
  }

  /** Why a connection was given up whose frames nobody looked at. */
  private static String end(Script script) throws Exception {
    try (HostileTarget target = HostileTarget.start(script)) {
      return end(target);
    }
  }

  private static String end(HostileTarget target) throws Exception {
    WireLog log = new WireLog();
    RawPeer peer = RawPeer.connect(target.url(), "c1", log, Map.of());
    try {
      String[] closed = {""};
      await()
          .until(() -> {
            closed[0] = log.lines().get(log.lines().size() - 1).text();
            return closed[0].startsWith(CLOSED);
          });
      return closed[0].substring(CLOSED.length());
    } finally {
      peer.close();
    }
  }
}
