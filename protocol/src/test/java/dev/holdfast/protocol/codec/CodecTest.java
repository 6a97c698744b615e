package dev.holdfast.protocol.codec;

import static dev.holdfast.protocol.codec.Codec.Reading.STRICT;
import static dev.holdfast.protocol.codec.Codec.Reading.TOLERANT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecTest {
  private static final int MUTANTS = 20_000;

  static List<Frame> frames() {
    return SampleFrames.all();
  }

  @ParameterizedTest
  @MethodSource("frames")
  void readsWhatItWrites(Frame frame) {
    assertEquals(new Decoded.Ok(frame), Codec.decode(Codec.encode(frame), STRICT));
    assertEquals(new Decoded.Ok(frame), Codec.decode(Codec.encode(frame), TOLERANT));
  }

  @Test
  void aFrameIsWrittenTheSameWhateverWasWrittenBefore() {
    List<Frame> frames = frames();
    String[] texts = {null, "a", "b", "a \"quoted\" one", new String(new char[] {'a'})};
    FrameWriter writer = new FrameWriter();
    var chance = new SplittableRandom(11);
    for (int i = 0; i < 5_000; i++) {
      Frame frame = frames.get(chance.nextInt(frames.size()));
      Envelope envelope =
          frame
              .envelope()
              .withSession(texts[chance.nextInt(texts.length)])
              .withReplyTo(texts[chance.nextInt(texts.length)])
              .withRun(texts[chance.nextInt(texts.length)]);
      Frame varied = frame.with(envelope);
      assertEquals(
          new FrameWriter().write(varied).toString(), writer.write(varied).toString(), "seed 11");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nope",
        "{\"type\":\"ping\"",
        "{\"type\":\"ping\"} {}",
        "{\"type\":\"ping\",}",
        "{'type':'ping'}",
        "{\"type\":\"ping\",\"type\":\"pong\"}",
        "{\"type\":\"ping\",\"data\":{\"a\":1,\"a\":2}}",
        "{\"type\":\"message\",\"data\":{\"content\":\"\\ud83d\"}}",
        "{\"type\":\"message\",\"data\":{\"content\":\"\\ude00\\ud83d\"}}",
        "{\"type\":\"message\",\"data\":{\"content\":\"\\uD83D\\n\"}}",
        "{\"type\":\"ping\",\"seq\":NaN}",
        "{\"type\":\"ping\",\"seq\":01}"
      })
  void tellsWhatIsNoJson(String text) {
    assertCode("invalid_json", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "7",
        "\"ping\"",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"ping\",\"data\":[]}",
        "{\"type\":\"ping\",\"data\":\"x\"}",
        "{\"type\":\"ping\",\"id\":7}",
        "{\"type\":\"ping\",\"id\":\"a b\"}",
        "{\"type\":\"ping\",\"id\":\"\"}",
        "{\"type\":\"ping\",\"seq\":1.0}",
        "{\"type\":\"ping\",\"seq\":1e3}",
        "{\"type\":\"ping\",\"seq\":-1}",
        "{\"type\":\"ping\",\"seq\":9007199254740992}",
        "{\"type\":\"ping\",\"ack\":123456789012345678901234567890}",
        "{\"type\":\"ping\",\"ack\":\"1\"}",
        "{\"type\":\"ping\",\"replay\":1}",
        "{\"type\":\"ping\",\"timestamp\":1}",
        "{\"type\":\"status\",\"data\":{\"status\":7}}",
        "{\"type\":\"status\",\"data\":{\"status\":\"hello\",\"attempt\":1}}",
        "{\"type\":\"status\",\"data\":{\"status\":\"hello\",\"client_id\":\"a\",\"attempt\":1.5}}",
        "{\"type\":\"message\",\"data\":{\"content\":\"a\",\"message_history\":{}}}",
        "{\"type\":\"message\",\"data\":{\"content\":\"a\",\"message_history\":[1]}}",
        "{\"type\":\"message\",\"data\":{\"stream\":true}}"
      })
  void tellsWhatIsNoFrame(String text) {
    assertCode("invalid_frame", text);
  }

  @Test
  void tellsTypesThatItDoesNotKnow() {
    assertCode("unknown_type", "{\"type\":\"typing\"}");
    assertCode("unknown_type", "{\"type\":\"\"}");
    assertCode("unknown_type", "{\"type\":\"PING\"}");
  }

  @Test
  void contentOfTheWrongKindIsMissingContent() {
    for (String content : List.of("7", "null", "{}", "[\"a\"]", "true")) {
      var read =
          Codec.decode("{\"type\":\"message\",\"data\":{\"content\":" + content + "}}", STRICT);
      assertNull(((Message) body(read)).content(), content);
    }
  }

  @Test
  void sixtyFourLevelsAreEnough() {
    assertTrue(Codec.decode(nested(64), STRICT) instanceof Decoded.Ok);
    assertCode("invalid_json", nested(65));
  }

  /** A frame with as many levels in all, its own two included. */
  private static String nested(int levels) {
    int inner = levels - 2;
    return "{\"type\":\"ping\",\"data\":{\"a\":" + "[".repeat(inner) + "]".repeat(inner) + "}}";
  }

  @Test
  void pairsOfSurrogatesAreText() {
    var read =
        Codec.decode(
            "{\"type\":\"message\",\"data\":{\"content\":\"\\ud83d\\uDE00 \\\\ud83d\"}}", STRICT);
    assertEquals("\ud83d\ude00 \\ud83d", ((Message) body(read)).content());
  }

  @Test
  void unknownFieldsAreIgnoredAtEveryLevel() {
    var read =
        Codec.decode(
            "{\"type\":\"status\",\"x\":{\"y\":1},\"data\":{\"status\":\"caught_up\",\"seq\":3,\"z\":[]}}",
            STRICT);
    assertEquals(new Status.CaughtUp(3), body(read));
  }

  @Test
  void aTolerantReaderTakesWrongKindsForAbsent() {
    String text =
        "{\"type\":\"message\",\"id\":7,\"seq\":\"1\",\"ack\":1.5,\"data\":{\"content\":\"a\",\"stream\":true,\"artifacts\":{}}}";
    assertEquals(
        new Decoded.Ok(new Frame(Envelope.EMPTY, Message.said("a"))), Codec.decode(text, TOLERANT));
    var greeting =
        Codec.decode(
            "{\"type\":\"status\",\"data\":{\"status\":\"connected\",\"outcome\":\"ok\"}}",
            TOLERANT);
    assertNull(((Status.Connected) body(greeting)).resumption());
  }

  @Test
  void aViolationKeepsWhatTheReplyNeeds() {
    var read = Codec.decode("{\"type\":\"message\",\"id\":\"m1\",\"seq\":4,\"replay\":1}", STRICT);
    var violation = (Decoded.Violation) read;
    assertEquals("m1", violation.replyTo());
    assertEquals(4, violation.seq());
  }

  @Test
  void dataMayBeNullOrMissing() {
    assertEquals(new Body.Ping(), body(Codec.decode("{\"type\":\"ping\",\"data\":null}", STRICT)));
    assertEquals(new Body.Ping(), body(Codec.decode("{\"type\":\"ping\"}", STRICT)));
  }

  @Test
  void noTextMakesItThrowOrTellItsInside() {
    long seed = Long.getLong("seed", 20260101L);
    System.out.println("codec fuzz: seed " + seed);
    var chance = new SplittableRandom(seed);
    List<String> texts = SampleFrames.all().stream().map(Codec::encode).toList();
    for (int i = 0; i < MUTANTS; i++) {
      String text = mutated(texts.get(chance.nextInt(texts.size())), chance);
      for (Codec.Reading reading : Codec.Reading.values()) {
        switch (Codec.decode(text, reading)) {
          case Decoded.Ok ok -> Codec.encode(ok.frame());
          case Decoded.Violation v ->
              assertFalse(
                  v.message().matches("(?s).*(Exception|jackson|java\\.|\\.java).*"), v.message());
        }
      }
    }
  }

  private static String mutated(String text, SplittableRandom chance) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = chance.nextInt(1, 4); i > 0 && !mutant.isEmpty(); i--) {
      int at = chance.nextInt(mutant.length());
      switch (chance.nextInt(4)) {
        case 0 -> mutant.deleteCharAt(at);
        case 1 ->
            mutant.setCharAt(
                at, "{}[]\",:\\01e.-nt \ud800\udc00u\u0000".charAt(chance.nextInt(20)));
        case 2 -> mutant.insert(at, mutant.substring(at, Math.min(mutant.length(), at + 9)));
        default -> mutant.setLength(at);
      }
    }
    return mutant.toString();
  }

  private static Body body(Decoded decoded) {
    assertTrue(decoded instanceof Decoded.Ok, decoded::toString);
    return ((Decoded.Ok) decoded).frame().body();
  }

  private static void assertCode(String code, String text) {
    for (Codec.Reading reading : Codec.Reading.values()) {
      Decoded decoded = Codec.decode(text, reading);
      boolean same = decoded instanceof Decoded.Violation v && v.code().equals(code);
      boolean tolerated = reading == TOLERANT && code.equals("invalid_frame");
      assertTrue(same || tolerated, () -> reading + " read " + text + " as " + decoded);
    }
  }
}
