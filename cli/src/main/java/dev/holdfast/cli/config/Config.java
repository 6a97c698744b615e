package dev.holdfast.cli.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.protocol.Profile;
import dev.holdfast.report.format.JsonFormat;
import dev.holdfast.scenarios.audit.AuditMapping;
import dev.holdfast.scenarios.conformance.ReferenceTarget;
import dev.holdfast.scenarios.model.Dialect;
import dev.holdfast.scenarios.model.Target.Endpoint;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code holdfast.yaml} says.
 *
 * @param url where the target's WebSocket is; a URL on the command line comes before it
 * @param http where its HTTP is; null keeps all that needs HTTP out of the judgement
 * @param stimuli what to say to its agent to get each kind of answer
 * @param budgets limits by name
 * @param more what only some say of their server
 */
public record Config(
    @Nullable URI url,
    @Nullable URI http,
    Map<Stimulus, String> stimuli,
    Map<String, Long> budgets,
    More more) {

  /**
   * What only some say of their server.
   *
   * @param start how it is started, a word an entry; empty when it runs already
   * @param env its environment, beside what this process has
   * @param ready an HTTP address that answers once it is up; null asks its port
   * @param headers of each handshake and request; {@code {env.NAME}} stands for a variable
   * @param ca a PEM file whose certificates are trusted in place of the system's
   * @param patienceMs how long an answer may take before it is late; null where that is not said
   * @param folder where its commands are run: the folder of the file; null is this process's own
   * @param audit where its audit log is
   * @param endpoints the paths of its HTTP side that are judged
   * @param auditMapping what that log calls what the protocol calls otherwise
   */
  public record More(
      Profile profile,
      Set<String> capabilities,
      List<String> start,
      Map<String, String> env,
      @Nullable URI ready,
      Map<String, String> headers,
      @Nullable Path ca,
      @Nullable Long patienceMs,
      @Nullable Path folder,
      @Nullable Path audit,
      Set<Endpoint> endpoints,
      AuditMapping auditMapping,
      Dialect dialect,
      Rollout rollout) {
    static final More NOTHING =
        new More(
            Profile.CORE,
            Set.of(),
            List.of(),
            Map.of(),
            null,
            Map.of(),
            null,
            null,
            null,
            null,
            Set.of(Endpoint.HEALTH),
            AuditMapping.STANDARD,
            Dialect.NONE,
            Rollout.UNSAID);

    public More {
      capabilities = Set.copyOf(capabilities);
      endpoints = Set.copyOf(endpoints);
      start = List.copyOf(start);
      env = Map.copyOf(env);
      headers = Map.copyOf(headers);
    }

    /** The command of a server that listens on this port. */
    public List<String> start(int port) {
      return start.stream().map(word -> on(port, word)).toList();
    }

    /** The environment of a server that listens on this port. */
    public Map<String, String> env(int port) {
      Map<String, String> there = new TreeMap<>();
      env.forEach((name, value) -> there.put(name, on(port, value)));
      return there;
    }

    /** Whether it can be started a second time beside the first: it is told its port. */
    public boolean startsOnAnyPort() {
      return Stream.concat(start.stream(), env.values().stream())
          .anyMatch(text -> text.contains(Port.WORD));
    }

    private static String on(int port, String text) {
      return text.replace(Port.WORD, String.valueOf(port));
    }
  }

  /**
   * Who says which users take the WebSocket.
   *
   * @param command that answers for a user; empty asks the server's {@code /api/transport}
   * @param percent of the users that are meant to take it; null believes the server
   * @param trial how cohort and control are compared
   */
  public record Rollout(List<String> command, @Nullable Double percent, Trial trial) {
    static final Rollout UNSAID = new Rollout(List.of(), null, Trial.USUAL);

    public Rollout {
      command = List.copyOf(command);
    }
  }

  /**
   * How cohort and control are compared.
   *
   * @param lateMs an answer that takes longer is late
   * @param answerTimeoutMs an answer that takes longer has failed
   * @param answers in each arm, at most
   * @param withinMs when this is over, what came by then is judged
   */
  public record Trial(long lateMs, long answerTimeoutMs, int answers, long withinMs) {
    public static final Trial USUAL = new Trial(500, 5_000, 1_000, 60_000);
  }

  /** As evidence, as JSON: values of the environment, which may be secrets, are left out. */
  public String json() {
    ObjectNode json = JsonFormat.MAPPER.createObjectNode();
    json.put("url", text(url));
    json.put("http", text(http));
    json.put("profile", more.profile().word());
    json.set("capabilities", tree(new TreeSet<>(more.capabilities())));
    json.set("start", tree(more.start()));
    json.set("env", tree(new TreeSet<>(more.env().keySet())));
    json.put("ready", text(more.ready()));
    json.set("headers", tree(new TreeSet<>(more.headers().keySet())));
    json.put("tls_ca", text(more.ca()));
    json.put("patience_ms", more.patienceMs());
    json.put("audit", text(more.audit()));
    json.set("endpoints", tree(more.endpoints().stream().map(Endpoint::path).sorted().toList()));
    json.set("audit_mapping", tree(more.auditMapping()));
    json.set("dialect", tree(more.dialect()));
    json.set("rollout_command", tree(more.rollout().command()));
    json.put("rollout_percent", more.rollout().percent());
    Trial trial = more.rollout().trial();
    json.putObject("rollout_trial")
        .put("late_ms", trial.lateMs())
        .put("answer_timeout_ms", trial.answerTimeoutMs())
        .put("answers", trial.answers())
        .put("trial_within_ms", trial.withinMs());
    ObjectNode said = json.putObject("stimuli");
    stimuli.forEach((stimulus, words) -> said.put(stimulus.word(), words));
    json.set("budgets", tree(new TreeMap<>(budgets)));
    json.set("reference", url == null ? tree(ReferenceTarget.LIMITS) : null);
    return JsonFormat.pretty(json);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static JsonNode tree(Object value) {
    return JsonFormat.MAPPER.valueToTree(value);
  }

  /** The same of a server at another address. */
  public Config at(URI other) {
    return new Config(other, http, stimuli, budgets, more);
  }

  /** Nothing was declared. */
  public static final Config NONE = new Config(null, null, Map.of(), Map.of(), More.NOTHING);

  public Config {
    stimuli = Map.copyOf(stimuli);
    budgets = Map.copyOf(budgets);
  }
}
