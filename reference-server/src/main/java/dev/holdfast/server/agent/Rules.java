package dev.holdfast.server.agent;

import dev.holdfast.protocol.server.AgentEvent;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A scripted agent whose messages need no first line: rules say what each is answered with, and a
 * seed draws what they leave open. The n-th run of the same seed does the same.
 */
public final class Rules implements Agent {

  /**
   * What is done for messages that hold a text.
   *
   * @param when the text; empty for all messages
   * @param leastMs how long a run takes, from here
   * @param mostMs to there
   * @param tools how many tools are called
   * @param tokens in how many pieces the answer is streamed
   * @param failShare how many of the runs fail, from 0 to 1
   */
  public record Rule(
      String when, long leastMs, long mostMs, int tools, int tokens, double failShare) {}

  private final long seed;
  private final List<Rule> rules;
  private final ScriptedAgent agent = new ScriptedAgent();
  private final AtomicLong runs = new AtomicLong();

  /**
   * Rules in the order in which they are tried.
   *
   * @param rules the first that fits counts; where none does, the agent does as it always would
   */
  public Rules(long seed, List<Rule> rules) {
    this.seed = seed;
    this.rules = List.copyOf(rules);
  }

  @Override
  public Run start(AgentRequest request, Consumer<AgentEvent> sink) {
    for (Rule rule : rules) {
      if (request.content().contains(rule.when())) {
        return agent.start(as(request, rule), sink);
      }
    }
    return agent.start(request, sink);
  }

  private AgentRequest as(AgentRequest request, Rule rule) {
    var chance = new SplittableRandom(seed + runs.getAndIncrement());
    long ms = rule.leastMs() + chance.nextLong(rule.mostMs() - rule.leastMs() + 1);
    String line =
        Script.MARK
            + " slow_ms="
            + ms
            + " tools="
            + rule.tools()
            + " tokens="
            + rule.tokens()
            + (chance.nextDouble() < rule.failShare() ? " fail" : "");
    String content = line + "\n" + Script.of(request.content()).request();
    return new AgentRequest(
        request.runId(), request.messageId(), request.sessionId(), content, request.history());
  }
}
