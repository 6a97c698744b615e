package dev.holdfast.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.protocol.Names;
import dev.holdfast.server.wire.HeldAgent;
import dev.holdfast.server.wire.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoreConversationTest {
  private ReferenceServer server;

  @BeforeEach
  void start() throws IOException {
    server = ReferenceServer.start(ServerOptions.builder().build());
  }

  private HeldAgent startHeld() throws IOException {
    server.close();
    HeldAgent agent = new HeldAgent();
    server = ReferenceServer.start(ServerOptions.builder().agent(agent).build());
    return agent;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void greetsFirst() {
    try (RawClient ana = RawClient.dial(server, "?session_id=s-1&user_id=ana")) {
      JsonNode greeting = ana.next();
      assertEquals("status", greeting.path("type").asText());
      assertEquals("connected", greeting.path("data").path("status").asText());
      assertEquals("s-1", greeting.path("data").path("session_id").asText());
      assertEquals(30_000, greeting.path("data").path("heartbeat_interval_ms").asInt());
    }
  }

  @Test
  void mintsASessionIdWhereNoneIsGiven() {
    try (RawClient a = RawClient.dial(server, "");
        RawClient b = RawClient.dial(server, "")) {
      String first = a.next().path("data").path("session_id").asText();
      assertTrue(Names.valid(first) && first.length() >= 32, first);
      assertNotEquals(first, b.next().path("data").path("session_id").asText());
    }
  }

  @Test
  void answersAMessageWithStagesToolsAndOneTerminalFrame() {
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("Create a P1 story for test");
      List<String> seen = new ArrayList<>();
      for (JsonNode frame : ana.untilType("message")) {
        JsonNode data = frame.path("data");
        seen.add(data.has("stage") ? data.path("stage").asText() : frame.path("type").asText());
      }
      assertEquals(
          List.of(
              "clarification",
              "planning",
              "create_story",
              "tool_execution",
              "tool_execution",
              "tool_execution",
              "message"),
          seen);
    }
  }

  @Test
  void answersInTheOrderReceived() {
    try (RawClient ana = RawClient.core(server, "s-1")) {
      for (int i = 0; i < 20; i++) {
        ana.say("#agent slow_ms=1\nquestion " + i + ".");
      }
      for (int i = 0; i < 20; i++) {
        String answer = ana.answer();
        assertTrue(answer.contains("question " + i + "."), answer);
      }
    }
  }

  @Test
  void answersAPingDuringASlowRun() {
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("#agent slow_ms=60000\nslow");
      ana.untilStatus("processing");
      ana.text("{\"type\":\"ping\",\"data\":null,\"id\":\"p-1\"}");
      List<JsonNode> seen = ana.untilType("pong");
      assertEquals("p-1", seen.get(seen.size() - 1).path("reply_to").asText());
    }
  }

  @Test
  void retainsFramesForWhoComesBack() throws IOException {
    HeldAgent agent = startHeld();
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("wait for me");
      ana.untilStatus("processing");
    }
    Awaitility.await().until(() -> server.connections() == 0);
    agent.release();
    try (RawClient again = RawClient.core(server, "s-1")) {
      assertTrue(again.answer().contains("wait for me"));
    }
  }

  @Test
  void closesTheOlderConnectionWhenANewerTakesOver() {
    try (RawClient older = RawClient.core(server, "s-1");
        RawClient newer = RawClient.core(server, "s-1")) {
      assertEquals(4204, older.closeCode());
      newer.say("still here");
      assertTrue(newer.answer().contains("still here"));
    }
  }

  @Test
  void lateEndOfAnOldConnectionDoesNotHurtTheNewerOne() throws IOException {
    HeldAgent agent = startHeld();
    RawClient older = RawClient.core(server, "s-1");
    try (RawClient newer = RawClient.core(server, "s-1")) {
      newer.say("first");
      newer.untilStatus("processing");
      older.close();
      Awaitility.await().until(() -> server.connections() == 1);
      agent.release();
      assertTrue(newer.answer().contains("first"));
      newer.say("second");
      assertTrue(newer.answer().contains("second"));
    }
  }

  @Test
  void failsARunWhenTheAgentFails() {
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.say("#agent fail slow_ms=1\nplease");
      List<JsonNode> seen = ana.untilType("error");
      assertEquals("agent_failed", seen.get(seen.size() - 1).path("data").path("code").asText());
    }
  }

  @Test
  void badFramesAreAnsweredAndTenInARowClose4203() {
    try (RawClient ana = RawClient.core(server, "s-1")) {
      ana.text("{\"type\":");
      assertEquals("invalid_json", ana.next().path("data").path("code").asText());
      ana.say("and on it goes");
      assertTrue(ana.answer().contains("and on it goes"));
      for (int i = 0; i < 10; i++) {
        ana.text("[]");
      }
      assertEquals(4203, ana.closeCode());
    }
  }

  @Test
  void sessionsDoNotHearEachOther() {
    try (RawClient ana = RawClient.core(server, "s-1");
        RawClient ben = RawClient.core(server, "s-2")) {
      ana.say("from ana");
      ben.say("from ben");
      assertTrue(ben.until(RawClient::isAnswer).toString().contains("from ben"));
      assertTrue(ana.until(RawClient::isAnswer).toString().contains("from ana"));
    }
  }
}
