package dev.holdfast.cli.serve;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.agent.EchoAgent;
import dev.holdfast.server.agent.ScriptedAgent;
import dev.holdfast.server.agent.openai.OpenAiAgent;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Who answers in a reference server. */
final class Agents {
  private Agents() {}

  static Agent of(Settings settings, Map<String, String> env) {
    Path script = settings.path(Setting.SCRIPT);
    String agent = settings.required(Setting.AGENT);
    if (script != null && !agent.equals("scripted")) {
      throw new UsageError("--script is for --agent scripted");
    }
    return switch (agent) {
      case "echo" -> new EchoAgent();
      case "openai" ->
          new OpenAiAgent(
              URI.create(settings.required(Setting.BASE_URL)),
              settings.required(Setting.MODEL),
              Secrets.given(env, Secrets.OPENAI));
      default -> script == null ? new ScriptedAgent() : RuleFile.read(script);
    };
  }
}
