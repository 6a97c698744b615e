package dev.holdfast.scenarios.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.scenarios.rollout.CohortJudge.Advice;
import dev.holdfast.scenarios.rollout.CohortJudge.Judgement;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.ScriptedAgent;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CohortTrialTest {
  private static final long LONG_MS = 600_000;

  private static Judgement judged(ServerOptions.Builder options, long timeoutMs)
      throws IOException, InterruptedException {
    return judged(
        options.agent(ScriptedAgent.instant()),
        "Create a story",
        new CohortTrial.Plan(5, 600, LONG_MS, timeoutMs, LONG_MS));
  }

  private static Judgement judged(
      ServerOptions.Builder options, String words, CohortTrial.Plan plan)
      throws IOException, InterruptedException {
    try (ReferenceServer server = ReferenceServer.start(options.build())) {
      return new CohortTrial(URI.create(server.wsUrl()), URI.create(server.httpUrl()), words)
          .play(plan, new CohortJudge(0.05, 0.02), "t");
    }
  }

  @Test
  void theReferenceAnswersAlikeOverBothAndIsAdvanced() throws Exception {
    Judgement judgement = judged(ServerOptions.builder(), LONG_MS);
    assertEquals(Advice.ADVANCE, judgement.advice(), judgement::toString);
    assertTrue(judgement.failures().high() < 0.02, judgement::toString);
  }

  @Test
  void aServerThatFailsOverTheSocketOnlyIsRolledBack() throws Exception {
    Judgement judgement =
        judged(ServerOptions.builder().misbehaviour(Misbehaviour.named("empty-answers")), 1_000);
    assertEquals(Advice.ROLL_BACK, judgement.advice(), judgement::toString);
  }

  /** Servers that do not know HTTP/2 lose the body of a request that asks for an upgrade to it. */
  @Test
  void noRequestAsksForAnUpgrade() throws Exception {
    Queue<String> upgrades = new ConcurrentLinkedQueue<>();
    AtomicInteger requests = new AtomicInteger();
    HttpServer plain = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    plain.createContext(
        "/api/chat",
        exchange -> {
          requests.incrementAndGet();
          upgrades.addAll(exchange.getRequestHeaders().getOrDefault("Upgrade", List.of()));
          byte[] answer = "{\"response\":\"done\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    plain.start();
    try {
      URI http = URI.create("http://127.0.0.1:" + plain.getAddress().getPort());
      URI ws = URI.create("ws://127.0.0.1:" + plain.getAddress().getPort() + "/ws/chat");
      new CohortTrial(ws, http, "hello")
          .play(
              new CohortTrial.Plan(1, 4, LONG_MS, 100, LONG_MS), new CohortJudge(0.05, 0.02), "t");
    } finally {
      plain.stop(0);
    }
    assertTrue(requests.get() > 0, "no request came");
    assertEquals(List.of(), List.copyOf(upgrades));
  }

  /** Over HTTP a run that ended in an error is no more an answer than over the socket. */
  @Test
  void anAgentThatAlwaysFailsFailsOverBothAndIsNotAdvanced() throws Exception {
    Judgement judgement =
        judged(
            ServerOptions.builder(),
            "#agent fail",
            new CohortTrial.Plan(5, 400, LONG_MS, LONG_MS, LONG_MS));

    assertEquals(Advice.NO_COMPARISON, judgement.advice(), judgement::toString);
    assertEquals(1, judgement.failures().pairs().controlRate(), judgement::toString);
    assertTrue(judgement.failures().pairs().count() <= 110, judgement::toString);
  }

  @Test
  void whenTheTimeIsOverWhatCameIsJudged() throws Exception {
    long began = System.nanoTime();
    Judgement judgement =
        judged(
            ServerOptions.builder(),
            "#agent slow_ms=" + LONG_MS,
            new CohortTrial.Plan(2, 400, LONG_MS, LONG_MS, 1_000));

    assertEquals(Advice.HOLD, judgement.advice(), judgement::toString);
    assertEquals(0, judgement.failures().pairs().count());
    long tookMs = (System.nanoTime() - began) / 1_000_000;
    assertTrue(tookMs < LONG_MS, "it waited for the answers all the same: " + tookMs + " ms");
  }

  /** The time of the greeting is no part of the first answer's. */
  @Test
  void thePersonWaitsForTheFirstConnectionBeforeTheyTalk() throws Exception {
    Ends ends = new Ends();
    ends.onState(LinkState.CONNECTING, 0, 0, "");
    assertFalse(ends.connected(1));
    ends.onState(LinkState.CONNECTED, 0, 0, "");
    ends.onState(LinkState.RECONNECTING, 1, 0, "");
    assertTrue(ends.connected(1));
  }

  @Test
  void anEndThatCameTooLateIsNotTheNextMessages() throws Exception {
    Ends ends = new Ends();
    assertFalse(ends.answered("first", 1));

    ends.onSettled("first", Outcome.ANSWERED, null);

    assertFalse(ends.answered("second", 1));
    ends.onSettled("third", Outcome.ANSWERED, null);
    assertTrue(ends.answered("third", 1), "an end that came before anybody asked for it");
    ends.onSettled("fourth", Outcome.FAILED, "agent_failed");
    assertFalse(ends.answered("fourth", 1));
  }
}
