package dev.holdfast.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One JSON object that is no frame, read field by field. */
class JsonObjectTest {
  @Test
  void fieldsAreReadByTheirKind() {
    JsonObject object =
        read("{\"t\":\"ż\",\"n\":-7,\"l\":[{\"t\":\"in\"},8],\"o\":{\"a\":[1.50]}}");
    assertEquals("ż", object.text("t"));
    assertEquals(-7, object.number("n"));
    assertEquals(List.of("in"), object.objects("l").stream().map(o -> o.text("t")).toList());
    assertEquals("{\"a\":[1.50]}", object.json("o"));
  }

  @Test
  void missingOrOfAnotherKindIsNothing() {
    JsonObject object = read("{\"t\":1,\"n\":\"1\",\"l\":{},\"z\":null}");
    assertEquals("", object.text("t"));
    assertEquals(0, object.number("n"));
    assertEquals(List.of(), object.objects("l"));
    assertEquals("null", object.json("z"));
    assertNull(object.json("missing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "[]", "7", "{\"a\":1", "{\"a\":1,\"a\":2}"})
  void whatIsNoObjectIsNone(String text) {
    assertNull(JsonObject.readOrNull(text));
  }

  private static JsonObject read(String text) {
    JsonObject object = JsonObject.readOrNull(text);
    assertNotNull(object);
    return object;
  }
}
