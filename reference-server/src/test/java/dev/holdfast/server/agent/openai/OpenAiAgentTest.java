package dev.holdfast.server.agent.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.testing.PatientWaits;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.AgentRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An agent with a model that answers well, badly, late or not at all. */
class OpenAiAgentTest {
  /** Tries again soon, and waits for a model longer than a test does. */
  private static final Patience CALM = new Patience(600_000, 600_000, 3, 10, 50);

  private static final Patience QUICK = new Patience(600_000, 300, 3, 10, 50);
  private static final String KEY = "sk-secret";

  private final BlockingQueue<AgentEvent> heard = new LinkedBlockingQueue<>();

  private Agent.Run ask(ModelStub stub, String content) {
    return ask(stub, content, CALM);
  }

  private Agent.Run ask(ModelStub stub, String content, Patience patience) {
    Agent agent = new OpenAiAgent(stub.base(), "m", KEY, List.of(new CreateStory()), patience);
    var history = List.of(new Message.Turn("user", "before"));
    return agent.start(new AgentRequest("r1", "m1", "s1", content, history), heard::add);
  }

  private AgentEvent end() throws InterruptedException {
    while (true) {
      AgentEvent event = heard.poll(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null
          || event instanceof AgentEvent.Answer
          || event instanceof AgentEvent.Failed) {
        return event == null ? new AgentEvent.Failed("nothing was heard") : event;
      }
    }
  }

  private String failure() throws InterruptedException {
    String words = assertInstanceOf(AgentEvent.Failed.class, end()).message();
    assertFalse(words.contains("secret"), words);
    return words;
  }

  @Test
  void streamsAnAnswerPieceByPiece() throws Exception {
    try (ModelStub stub =
        new ModelStub(
            ModelStub.streams(ModelStub.text("Hello "), ModelStub.text("you"), ModelStub.STOP))) {
      ask(stub, "hi");
      assertInstanceOf(
          AgentEvent.Stage.class,
          heard.poll(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      assertEquals(
          new AgentEvent.Delta("Hello "),
          heard.poll(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      assertEquals(
          new AgentEvent.Delta("you"),
          heard.poll(PatientWaits.PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
      assertEquals(new AgentEvent.Answer("Hello you", List.of()), end());
      assertEquals(List.of("Bearer " + KEY), stub.bearers);
      assertTrue(stub.questions.getFirst().contains("\"content\":\"before\""));
      assertTrue(stub.questions.getFirst().contains("\"stream\":true"));
    }
  }

  private static String call(String id, String name, String arguments) {
    String function = "{\"name\":" + name + ",\"arguments\":\"" + arguments + "\"}";
    return ModelStub.event(
        "{\"tool_calls\":[{\"index\":0,\"id\":"
            + id
            + ",\"type\":\"function\",\"function\":"
            + function
            + "}]}",
        "null");
  }

  @Test
  void callsTheToolsThatTheModelWants() throws Exception {
    try (ModelStub stub =
        new ModelStub(
            ModelStub.streams(
                call("\"call_1\"", "\"create_story\"", ""),
                call("null", "null", "{\\\"title\\\":"),
                call("null", "null", "\\\"Log in\\\"}"),
                ModelStub.event("{}", "\"tool_calls\"") + "data: [DONE]\n\n"),
            ModelStub.streams(ModelStub.text("Done."), ModelStub.STOP))) {
      ask(stub, "a story");
      var answer = assertInstanceOf(AgentEvent.Answer.class, end());
      assertEquals("Done.", answer.content());
      assertTrue(answer.artifacts().getFirst().json().contains("Log in"));
      String second = stub.questions.get(1);
      assertTrue(second.contains("\"tool_call_id\":\"call_1\""), second);
      assertTrue(second.contains("TEST-1"), second);
    }
  }

  @Test
  void aToolThatDoesNotExistIsToldToTheModel() throws Exception {
    try (ModelStub stub =
        new ModelStub(
            ModelStub.streams(
                call("\"c\"", "\"rm_rf\"", "{}"), ModelStub.event("{}", "\"tool_calls\"")),
            ModelStub.streams(ModelStub.text("Sorry."), ModelStub.STOP))) {
      ask(stub, "x");
      assertInstanceOf(AgentEvent.Answer.class, end());
      assertTrue(stub.questions.get(1).contains("there is no tool rm_rf"));
    }
  }

  @Test
  void anAnswerThatBreaksOffIsAFailure() throws Exception {
    try (ModelStub stub = new ModelStub(ModelStub.streams(ModelStub.text("Half a")))) {
      ask(stub, "x");
      assertEquals("The model's answer broke off.", failure());
    }
  }

  @Test
  void aModelThatFallsSilentIsLeft() throws Exception {
    try (ModelStub stub = stalling()) {
      ask(stub, "x", QUICK);
      assertEquals("The model fell silent.", failure());
    }
  }

  private static ModelStub stalling() throws IOException {
    var holder = new ModelStub[1];
    holder[0] = new ModelStub(exchange -> holder[0].stalls().to(exchange));
    return holder[0];
  }

  @Test
  void isAskedAgainWhenItIsBusyAndThenGivenUp() throws Exception {
    try (ModelStub stub =
        new ModelStub(
            ModelStub.status(429, "0"),
            ModelStub.streams(ModelStub.text("Now."), ModelStub.STOP),
            ModelStub.status(429, "0"),
            ModelStub.status(503, "0"),
            ModelStub.status(429, "0"))) {
      ask(stub, "x");
      assertInstanceOf(AgentEvent.Answer.class, end());
      ask(stub, "x");
      assertEquals("The model is too busy; try again later.", failure());
      assertEquals(5, stub.questions.size());
    }
  }

  @Test
  void aWrongKeyIsNotTriedTwice() throws Exception {
    try (ModelStub stub = new ModelStub(ModelStub.status(401, "0"))) {
      ask(stub, "x");
      assertEquals("The model refused this server's credentials.", failure());
    }
  }

  @Test
  void cancellingLetsTheModelGo() throws Exception {
    try (ModelStub stub = stalling()) {
      Agent.Run run = ask(stub, "x");
      Awaitility.await().until(() -> heard.stream().anyMatch(AgentEvent.Delta.class::isInstance));
      run.cancel();
      Awaitility.await().until(() -> heard.stream().noneMatch(AgentEvent.Failed.class::isInstance));
      assertEquals(1, stub.questions.size());
    }
  }
}
