package dev.holdfast.proxy.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.proxy.toxic.Chance;
import dev.holdfast.proxy.toxic.Toxics;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Handshakes and frames with bytes changed, lost and added, through every fault beyond Toxiproxy.
 */
final class MutatedStreams {
  private static final List<String> FAULTS =
      Toxics.ALL.beyond().stream().map(kind -> kind.name()).toList();

  private MutatedStreams() {}

  /**
   * Runs so many streams; any exception, and any buffer left over, names the seed of its stream.
   */
  static void run(long seed, int from, int count) {
    for (int i = from; i < from + count; i++) {
      Chance chance = Chance.of(seed, i);
      String fault = FAULTS.get((int) chance.below(FAULTS.size()));
      try {
        one(chance, fault);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ", stream " + i + ", " + fault, e);
      }
    }
  }

  private static void one(Chance chance, String fault) {
    VirtualStage stage = new VirtualStage(chance.nextLong(), fault, attributes(chance, fault));
    byte[] stream = mutated(chance, stream(chance));
    int at = 0;
    while (at < stream.length) {
      int size = (int) Math.min(stream.length - at, 1 + chance.below(200));
      byte[] chunk = new byte[size];
      System.arraycopy(stream, at, chunk, 0, size);
      stage.feed(chunk);
      at += size;
      meddle(chance, stage, fault);
    }
    stage.stage.acceptEnd();
    stage.pass(100_000);
    stage.stage.close();
    assertEquals(0, stage.unreleased(), "buffers left over");
  }

  private static void meddle(Chance chance, VirtualStage stage, String fault) {
    switch ((int) chance.below(30)) {
      case 0 -> stage.pass(chance.below(100));
      case 1 -> stage.update(attributes(chance, fault));
      case 2 -> stage.stage.remove();
      default -> {}
    }
  }

  private static Map<String, Object> attributes(Chance chance, String fault) {
    return fault.startsWith("frame_") || fault.equals("cut_frame")
        ? Map.of(
            "nth", chance.below(4),
            "type", List.of("", "message", "status").get((int) chance.below(3)),
            "delay", chance.below(50),
            "code", chance.below(65_536))
        : Map.of("bytes", chance.below(500), "after", chance.below(50));
  }

  private static byte[] stream(Chance chance) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean client = chance.below(2) == 0;
    out.writeBytes(
        (client
                ? "GET /ws/chat HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions:"
                    + " permessage-deflate\r\n\r\n"
                : "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    for (long i = chance.below(8); i > 0; i--) {
      frame(chance, out, client);
    }
    return out.toByteArray();
  }

  private static void frame(Chance chance, ByteArrayOutputStream out, boolean masked) {
    String type = chance.below(2) == 0 ? "message" : "status";
    byte[] payload =
        "{\"type\":\"%s\",\"data\":{\"content\":\"%s\"}}"
            .formatted(type, "x".repeat((int) chance.below(300)))
            .getBytes(StandardCharsets.UTF_8);
    out.write(chance.below(5) == 0 ? (int) chance.below(256) : 0x81);
    out.write((masked ? 0x80 : 0) | 126);
    out.write(payload.length >> 8);
    out.write(payload.length);
    if (masked) {
      out.writeBytes(new byte[4]);
    }
    out.writeBytes(payload);
  }

  private static byte[] mutated(Chance chance, byte[] stream) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long oneIn = 20 + chance.below(2_000);
    for (byte b : stream) {
      switch (chance.below(oneIn) == 0 ? (int) chance.below(3) : 3) {
        case 0 -> out.write((int) chance.below(256));
        case 1 -> {}
        case 2 -> {
          out.write(b);
          out.write((int) chance.below(256));
        }
        default -> out.write(b);
      }
    }
    return out.toByteArray();
  }
}
