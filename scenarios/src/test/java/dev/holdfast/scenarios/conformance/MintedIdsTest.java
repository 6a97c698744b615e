package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which ways to mint session ids pass for 128 random bits. */
class MintedIdsTest {
  private static final long NOW_MS = 1_767_225_600_123L;
  private static final String LETTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

  /** Makes the id number n; ids are minted 7 ms apart. */
  private interface Mint extends IntFunction<String> {}

  private static List<String> eight(Mint mint) {
    return new ArrayList<>(IntStream.range(0, 8).mapToObj(mint).toList());
  }

  private static Arguments way(String name, Mint mint) {
    return Arguments.of(name, eight(mint));
  }

  private static String hex(Random random, int bytes) {
    byte[] all = new byte[bytes];
    random.nextBytes(all);
    return HexFormat.of().formatHex(all);
  }

  private static String text(Random random, int alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(alphabet)));
    }
    return text.toString();
  }

  private static String uuid4(Random random) {
    String hex = hex(random, 16);
    return "%s-%s-4%s-%c%s-%s"
        .formatted(
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(13, 16),
            "89ab".charAt(random.nextInt(4)),
            hex.substring(17, 20),
            hex.substring(20));
  }

  private static String base64(Random random, int bytes) {
    byte[] all = new byte[bytes];
    random.nextBytes(all);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  static Stream<Arguments> random() {
    Random r = new Random(5);
    return Stream.of(
        way("hex of 16 bytes", n -> hex(r, 16)),
        way("hex of 16 bytes in capitals", n -> hex(r, 16).toUpperCase(Locale.ROOT)),
        way("hex of 32 bytes", n -> hex(r, 32)),
        way("UUID of version 4", n -> uuid4(r)),
        way("UUID of version 4 behind a prefix", n -> "session_" + uuid4(r)),
        way("base64url of 16 bytes", n -> base64(r, 16)),
        way("21 characters of 64", n -> text(r, 64, 21)),
        way("25 characters of 36", n -> text(r, 36, 25)),
        way("22 characters of 58", n -> text(r, 58, 22)),
        way("decimal of 128 bits", n -> "%039d".formatted(new BigInteger(128, r))),
        way("a clock and 16 random bytes", n -> NOW_MS + 7L * n + "-" + hex(r, 16)),
        way("a counter and 16 random bytes", n -> n + "." + hex(r, 16)));
  }

  static Stream<Arguments> guessable() {
    Random r = new Random(5);
    return Stream.of(
        way("a constant", n -> "guest-guest-guest-guest"),
        way("a counter", n -> "session-%032d".formatted(n)),
        way("milliseconds", n -> "session-" + (NOW_MS + 7L * n)),
        way("milliseconds in hex", n -> "%032x".formatted(NOW_MS + 7L * n)),
        way("milliseconds in base 36", n -> "s" + Long.toString(NOW_MS + 7L * n, 36)),
        way("microseconds", n -> "%d".formatted(NOW_MS * 1000 + 7_113L * n)),
        way("nanoseconds", n -> "%039d".formatted(NOW_MS * 1_000_000 + 7_113_977L * n)),
        way("nanoseconds in base 32", n -> Long.toString(NOW_MS * 1_000_000 + 7_113_977L * n, 32)),
        way("UUID of version 1", n -> "%08x-1a2b-11f0-8d3c-0242ac120002".formatted(70_000L * n)),
        way("UUID of version 7", n -> "%012x".formatted(NOW_MS + 7L * n) + "7" + hex(r, 9)),
        way("ULID", n -> "01JGFJJZ" + "%02d".formatted(n) + text(r, 32, 16)),
        way("a host, a process and a counter", n -> "66a1b2c3d4e5f60718%06x".formatted(77 + n)),
        way("8 random bytes", n -> hex(r, 8)),
        way("11 characters of 36", n -> text(r, 36, 11)),
        way("a clock and 4 random bytes", n -> NOW_MS + 7L * n + "-" + hex(r, 4)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void random(String name, List<String> ids) {
    assertNull(MintedIds.complaint(ids), name + ": " + ids);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void guessable(String name, List<String> ids) {
    assertNotNull(MintedIds.complaint(ids), name + ": " + ids);
  }

  /** Chance alone must not fail the ways that have the fewest bits to spare. */
  @Test
  void noChanceFailsAGoodWay() {
    Random r = new Random(11);
    for (int run = 0; run < 5_000; run++) {
      assertNull(MintedIds.complaint(eight(n -> uuid4(r))));
      assertNull(MintedIds.complaint(eight(n -> base64(r, 16))));
      assertNull(MintedIds.complaint(eight(n -> text(r, 64, 21))));
    }
  }
}
