package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Endpoint;
import dev.holdfast.scenarios.model.Target.Stimulus;

/** What a case needs of its target; undeclared, the case is not applicable. */
public enum Need {
  HTTP("an HTTP address (target.http)"),
  HEALTH("its /health (target.http)"),
  READY("its /ready (target.http and target.endpoints: [/ready])"),
  METRICS("its /metrics (target.http and target.endpoints: [/metrics])"),
  CHAT("its /api/chat (target.http and target.endpoints: [/api/chat])"),
  TRANSPORT("its /api/transport (target.http and target.endpoints: [/api/transport])"),
  ADMIN("its /admin/rollout (target.http and target.endpoints: [/admin/rollout])"),
  FRONT_PAGE("its page at / (target.http and target.endpoints: [/])"),
  SLOW_ANSWER("what to say to get an answer that takes a second or more (stimuli.slow)"),
  FAILING_ANSWER("what to say to make the agent fail (stimuli.fail)"),
  TOOLS("what to say to have tools used (stimuli.two_tools)"),
  LONG_ANSWER("what to say for an answer of many frames (stimuli.long)"),
  TOKENS("capability tokens (capabilities: [tokens])"),
  CANCEL("capability cancel (capabilities: [cancel])"),
  SYNC("capability sync (capabilities: [sync])"),
  PRESENCE("capability presence (capabilities: [presence])"),
  PUSH("capability push (capabilities: [push])"),
  AUDIT("its audit log (target.audit)"),
  FRESH_PROCESS("how to start the server anew (target.start)"),
  TIME("more than 5 s of waiting (--slow)");

  private final String explanation;

  Need(String explanation) {
    this.explanation = explanation;
  }

  boolean metBy(Target target, Pace pace) {
    return switch (this) {
      case HTTP -> target.http() != null;
      case HEALTH -> target.has(Endpoint.HEALTH);
      case READY -> target.has(Endpoint.READY);
      case METRICS -> target.has(Endpoint.METRICS);
      case CHAT -> target.has(Endpoint.CHAT);
      case TRANSPORT -> target.has(Endpoint.TRANSPORT);
      case ADMIN -> target.has(Endpoint.ADMIN);
      case FRONT_PAGE -> target.has(Endpoint.FRONT_PAGE);
      case SLOW_ANSWER -> target.stimulus(Stimulus.SLOW) != null;
      case FAILING_ANSWER -> target.stimulus(Stimulus.FAIL) != null;
      case TOOLS -> target.stimulus(Stimulus.TWO_TOOLS) != null;
      case LONG_ANSWER -> target.stimulus(Stimulus.LONG) != null;
      case TOKENS -> target.capabilities().contains(Capability.TOKENS);
      case CANCEL -> target.capabilities().contains(Capability.CANCEL);
      case SYNC -> target.capabilities().contains(Capability.SYNC);
      case PRESENCE -> target.capabilities().contains(Capability.PRESENCE);
      case PUSH -> target.capabilities().contains(Capability.PUSH);
      case AUDIT -> target.audit() != null;
      case FRESH_PROCESS -> target.restart() != null;
      case TIME -> pace.slow();
    };
  }

  /** For people: what to declare. */
  public String explanation() {
    return explanation;
  }
}
