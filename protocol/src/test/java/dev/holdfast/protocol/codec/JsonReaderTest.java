package dev.holdfast.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our reader of JSON beside Jackson's: both take the same texts and understand the same. */
final class JsonReaderTest {
  private static final int MUTANTS = 50_000;
  private static final int MOST_CHANGES = 4;
  private static final String ALPHABET =
      "{}[]\",:\\/ \t\n\r\u0000\u001f\u00e9\ufeff0123456789abcdefunltrsE+-.'";
  private static final JsonMapper JACKSON = jackson();

  private static JsonMapper jackson() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(Codec.MAX_DEPTH).build())
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .build();
  }

  @Test
  void mutatedFramesAreReadAsJacksonReadsThem() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    var frames = SampleFrames.all();
    int taken = 0;
    for (int i = 0; i < MUTANTS; i++) {
      String text = mutant(Codec.encode(frames.get(random.nextInt(frames.size()))), random);
      if (!halfOfAPair(text)) {
        taken += sameOf(text) ? 1 : 0;
      }
    }
    System.out.println(taken + " of " + MUTANTS + " mutants are JSON");
  }

  private static String mutant(String text, SplittableRandom random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int changes = random.nextInt(MOST_CHANGES); changes > 0; changes--) {
      int at = random.nextInt(mutant.length());
      char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(3)) {
        case 0 -> mutant.setCharAt(at, c);
        case 1 -> mutant.insert(at, c);
        default -> mutant.deleteCharAt(at);
      }
    }
    return mutant.toString();
  }

  /**
   * Jackson lets half of a pair pass; it is ours alone to refuse, and has a test of its own. As it
   * is, and not as an escape, it cannot be on the wire.
   */
  private static boolean halfOfAPair(String text) {
    return text.contains("\\u") || !new String(text.getBytes(UTF_8), UTF_8).equals(text);
  }

  private static boolean sameOf(String text) {
    JsonNode theirs = theirs(text);
    if (theirs == null) {
      assertThrows(Malformed.class, () -> JsonReader.read(text), text);
      return false;
    }
    assertEquals(theirs, theirs(rewritten(text)), text);
    return true;
  }

  private static String rewritten(String text) {
    try {
      return new JsonText().value(JsonReader.read(text)).toString();
    } catch (Malformed e) {
      throw new AssertionError(e.explanation() + ": " + text, e);
    }
  }

  private static @Nullable JsonNode theirs(String text) {
    try {
      JsonNode node = JACKSON.readTree(text);
      return node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\" : [ 1 , -0, 2.50e+3 ,\"\\u00e9\\n\\/\"],\"b\":{}} | {\"a\":[1,0,2.50e+3,\"é\\n/\"],\"b\":{}}",
        "[123456789012345678,1234567890123456789012] | [123456789012345678,1234567890123456789012]",
        "\"\\ud83d\\ude00\" | \"😀\"",
        "[true,false,null,[]] | [true,false,null,[]]"
      })
  void writesAgainWhatItRead(String text, String written) {
    assertEquals(written, rewritten(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":01} | malformed at column 7",
        "{\"a\":1,} | malformed at column 8",
        "{\"a\" | malformed at column 5",
        "[1] 2 | malformed at column 5",
        "\"\\ude00\" | a \\u escape is half of a surrogate pair",
        "\"\\ud83d\\u0041\" | a \\u escape is half of a surrogate pair",
        "{\"a\":1,\"a\":2} | a key stands twice in one object"
      })
  void saysWhatIsWrongAndWhere(String text, String words) {
    assertEquals(words, assertThrows(Malformed.class, () -> JsonReader.read(text)).explanation());
  }

  @Test
  void keysAreFoundTwiceAmongManyInTimeThatGrowsWithThem() {
    double few = Double.MAX_VALUE;
    double many = Double.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      few = Math.min(few, cpuToRead(20_000));
      many = Math.min(many, cpuToRead(200_000));
    }
    // Ten times as many; where each key is compared with each, a hundred times as long.
    double growth = many / few;
    assertTrue(growth < 40, () -> growth + " times as long");
  }

  /** Nanoseconds of CPU for an object with so many keys, of which one stands twice. */
  private static double cpuToRead(int keys) {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < keys; i++) {
      text.append("\"k").append(i).append("\":\"\\n\",");
    }
    String twice = text.append("\"k7\":0}").toString();
    var threads = ManagementFactory.getThreadMXBean();
    long began = threads.getCurrentThreadCpuTime();
    assertThrows(Malformed.class, () -> JsonReader.read(twice));
    return threads.getCurrentThreadCpuTime() - began;
  }
}
