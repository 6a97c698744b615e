package dev.holdfast.cli.serve;

import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.EchoAgent;
import dev.holdfast.server.agent.ScriptedAgent;
import java.util.Locale;

/** Who answers in a reference server. */
public enum AgentChoice {
  SCRIPTED,
  ECHO;

  public Agent agent() {
    return switch (this) {
      case SCRIPTED -> new ScriptedAgent();
      case ECHO -> new EchoAgent();
    };
  }

  /** The word for people. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
