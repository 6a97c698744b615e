package dev.holdfast.protocol.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.codec.Decoded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaTest {
  static List<Example> examples() {
    return Example.all();
  }

  static List<WrongFrame> wrongFrames() {
    return WrongFrame.ALL;
  }

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsTheExamples(Example example) {
    assertEquals(
        List.of(), FrameSchema.complaints(example.side(), example.profile(), example.frame()));
    assertEquals(List.of(), FrameSchema.complaints(example.side(), example.frame()));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void acceptsFieldsThatItDoesNotKnow(Example example) {
    ObjectNode frame = example.frame().deepCopy();
    frame.put("later", 1);
    if (frame.get("data") instanceof ObjectNode data) {
      data.putObject("later").put("deep", true);
    }
    assertEquals(List.of(), FrameSchema.complaints(example.side(), example.profile(), frame));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theCodecReadsTheExamples(Example example) {
    Decoded read = Codec.decode(example.frame().toString(), Codec.Reading.STRICT);
    assertTrue(read instanceof Decoded.Ok, () -> example + " is read as " + read);
  }

  @ParameterizedTest
  @MethodSource("wrongFrames")
  void refusesWhatIsWrong(WrongFrame wrong) {
    JsonNode frame = Example.parse(wrong.json());
    List<String> complaints = FrameSchema.complaints(wrong.side(), wrong.profile(), frame);
    assertFalse(complaints.isEmpty(), wrong::toString);
    assertTrue(
        complaints.stream().anyMatch(complaint -> complaint.contains(wrong.names())),
        () -> wrong + " should be named by '" + wrong.names() + "', but: " + complaints);
  }

  @Test
  void examplesShowEveryKindOfFrame() {
    Set<String> shown = Example.all().stream().map(Example::kind).collect(Collectors.toSet());
    Set<String> missing =
        new HashSet<>(
            Set.of(
                "server status connected",
                "server status processing",
                "server status drain",
                "server status ack",
                "server status caught_up",
                "server status snapshot",
                "server status presence",
                "server message",
                "server tool_execution",
                "server error",
                "server pong",
                "client status hello",
                "client status ack",
                "client status cancel",
                "client message",
                "client ping"));
    missing.removeAll(shown);
    assertEquals(Set.of(), missing);
  }

  @Test
  void bothDirectionsShareOneEnvelope() {
    for (String name : List.of("name", "position", "envelope", "positioned", "unpositioned")) {
      assertEquals(
          FrameSchema.text("server").path("$defs").path(name),
          FrameSchema.text("client").path("$defs").path(name),
          name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void everyCommentNamesClauses(String side) {
    Set<String> known = Clause.all().stream().map(Clause::address).collect(Collectors.toSet());
    List<String> unknown = new ArrayList<>();
    for (JsonNode comment : FrameSchema.text(side).findValues("$comment")) {
      for (String address : comment.asText().split(", ", -1)) {
        if (!known.contains(address)) {
          unknown.add(address);
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void everyReferenceResolvesAndEveryDefinitionIsUsed(String side) {
    ObjectNode schema = FrameSchema.text(side);
    Set<String> referred = new HashSet<>();
    schema.findValues("$ref").forEach(ref -> referred.add(ref.asText()));
    Set<String> defined = new HashSet<>();
    schema.path("$defs").fieldNames().forEachRemaining(name -> defined.add("#/$defs/" + name));
    assertTrue(defined.containsAll(referred), () -> referred + " not all in " + defined);
    defined.removeAll(referred);
    defined.remove("#/$defs/core-plain");
    assertEquals(Set.of(), defined);
  }
}
