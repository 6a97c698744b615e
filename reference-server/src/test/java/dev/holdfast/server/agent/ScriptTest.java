package dev.holdfast.server.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.server.AgentEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {

  @Test
  void readsAnySubsetInAnyOrder() {
    assertEquals(
        new Script(500, 2, 40, true, List.of(), "do it"),
        Script.of("#agent fail tokens=40 slow_ms=500 tools=2\ndo it"));
    assertEquals(new Script(Script.UNSAID, 1, 0, false, List.of(), "plain"), Script.of(" plain "));
  }

  @Test
  void namesWhatItDoesNotUnderstandInTheAnswer() {
    Script script = Script.of("#agent sloow_ms=5 tools=many tokens=99999999999\nhi");
    assertEquals(List.of("sloow_ms=5", "tools=many", "tokens=99999999999"), script.unknown());
    assertTrue(answer(script).content().contains("sloow_ms=5"));
  }

  @Test
  void takesAWordThatOnlyBeginsLikeTheMarkForAMessage() {
    assertEquals("#agents unite", Script.of("#agents unite").request());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "7", "40", "1000"})
  void streamsTheAnswerInAsManyPiecesAsAsked(String tokens) {
    Script script = Script.of("#agent tools=0 tokens=" + tokens + "\nsay  it  𝄞");
    List<String> pieces =
        Performance.of(script).stream()
            .filter(event -> event instanceof AgentEvent.Delta)
            .map(event -> ((AgentEvent.Delta) event).text())
            .toList();
    assertEquals(Integer.parseInt(tokens), pieces.size());
    assertEquals(answer(script).content(), pieces.stream().collect(Collectors.joining()));
  }

  @Test
  void quotesTheRequestAndMakesAStory() {
    AgentEvent.Answer answer = answer(Script.of("Create a P1 story for \"test\""));
    assertTrue(answer.content().contains("Create a P1 story for \"test\""));
    assertEquals(
        "{\"key\":\"TEST-1\",\"title\":\"Create a P1 story for \\\"test\\\"\",\"priority\":\"P1\"}",
        answer.artifacts().get(0).json());
  }

  @Test
  void failsWithItsLastToolInError() {
    List<AgentEvent> events = Performance.of(Script.of("#agent tools=2 fail\nhi"));
    assertTrue(events.getLast() instanceof AgentEvent.Failed);
    assertTrue(
        events.get(events.size() - 2) instanceof AgentEvent.Tool tool
            && tool.status().equals("error"));
  }

  private static AgentEvent.Answer answer(Script script) {
    return (AgentEvent.Answer) Performance.of(script).getLast();
  }
}
