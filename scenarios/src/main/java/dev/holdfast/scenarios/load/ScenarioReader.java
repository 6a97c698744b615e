package dev.holdfast.scenarios.load;

import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.Names;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.Measure;
import dev.holdfast.scenarios.check.Premise;
import dev.holdfast.scenarios.conformance.Clause;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.model.Options;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.scenarios.model.Scenario.FaultPlan;
import dev.holdfast.scenarios.model.Scenario.Trigger;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one scenario; whatever cannot be meant is a {@link ScenarioError} that says where. */
public final class ScenarioReader {
  private static final List<String> KEYS =
      List.of(
          "name",
          "clause",
          "title",
          "premise",
          "profile",
          "options",
          "people",
          "faults",
          "expect",
          "durability",
          "gate",
          "quick",
          "server",
          "world");
  private static final List<String> FAULT_KEYS =
      List.of("when", "at_ms", "do", "args", "for_ms", "person");
  private static final List<String> DURABILITIES = List.of("none", "process");
  private static final List<String> SERVER_KEYS =
      List.of("resume_ttl_ms", "replay_max_frames", "drain_ms", Scenario.OUTBOUND_BYTES);
  private static final long MAX_CROWD = 1_000;
  private static final long MAX_MS = 3_600_000;

  private ScenarioReader() {}

  public static Scenario read(Path file) {
    try {
      return read(file.toString(), Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new ScenarioError(file.toString(), "there is no such file");
    } catch (CharacterCodingException e) {
      throw new ScenarioError(file.toString(), "the file is not UTF-8");
    } catch (IOException e) {
      throw new ScenarioError(file.toString(), "cannot be read: " + e.getMessage());
    }
  }

  /** Reads a scenario of our own, by its resource name. */
  public static Scenario resource(String name) {
    try (var in = ScenarioReader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new ScenarioError(name, "there is no such scenario");
      }
      return read(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ScenarioError(name, "cannot be read: " + e.getMessage());
    }
  }

  public static Scenario read(String file, String text) {
    Yaml root = Yaml.read(file, text);
    Map<String, Yaml> fields = root.map(KEYS);
    String name = root.required(fields, "name").text();
    if (!Names.valid(name)) {
      throw root.at("name").error("a name has 1 to 128 of A-Z a-z 0-9 . _ -");
    }
    Map<String, PersonScript> people = people(root.required(fields, "people"));
    Clause clause = clause(root.required(fields, "clause"));
    return new Scenario(
        name,
        clause.address(),
        fields.containsKey("title") ? fields.get("title").text() : clause.sentence(),
        premise(fields.get("premise")),
        profile(fields.get("profile")),
        options(fields.get("options")),
        people,
        faults(fields.get("faults"), people),
        checkers(root.required(fields, "expect")),
        word(fields.get("durability"), DURABILITIES, "none", "durability"),
        flag(fields.get("gate")),
        flag(fields.get("quick")),
        server(fields.get("server")),
        WorldReader.read(fields.get("world")));
  }

  private static Clause clause(Yaml value) {
    List<String> known = Clauses.all().stream().map(Clause::address).toList();
    String address = value.text();
    if (!known.contains(address)) {
      throw value.error(
          "unknown clause '"
              + address
              + "'"
              + Nearest.to(address, known).map(n -> ", did you mean '" + n + "'?").orElse(""));
    }
    return Clauses.at(address);
  }

  /** A sentence alone, or with what the history has to show. */
  private static Premise premise(@Nullable Yaml value) {
    if (value == null) {
      return Premise.NONE;
    }
    if (!value.isMap()) {
      return new Premise(value.text(), Map.of());
    }
    Map<String, Yaml> fields = value.map(List.of("says", "needs"));
    Map<String, Long> needs = new TreeMap<>();
    Yaml counts = fields.get("needs");
    if (counts != null) {
      counts.map(Measure.words()).forEach((k, v) -> needs.put(k, v.number(1, MAX_MS)));
    }
    return new Premise(value.required(fields, "says").text(), needs);
  }

  private static @Nullable Profile profile(@Nullable Yaml value) {
    List<String> known = Arrays.stream(Profile.values()).map(Profile::word).toList();
    return value == null
        ? null
        : Profile.valueOf(value.word(known, "profile").toUpperCase(Locale.ROOT));
  }

  private static Options options(@Nullable Yaml options) {
    Map<String, Long> values = new TreeMap<>();
    if (options != null) {
      options.map(Options.NAMES).forEach((k, v) -> values.put(k, v.number(0, MAX_MS)));
    }
    return new Options(values);
  }

  private static Map<String, Long> server(@Nullable Yaml server) {
    Map<String, Long> values = new TreeMap<>();
    if (server != null) {
      server.map(SERVER_KEYS).forEach((k, v) -> values.put(k, v.number(0, MAX_MS)));
    }
    return values;
  }

  private static Map<String, PersonScript> people(Yaml people) {
    Map<String, PersonScript> scripts = new LinkedHashMap<>();
    people
        .anyMap()
        .forEach((name, actions) -> {
          if (!Names.valid(name)) {
            throw actions.error("a person's name has 1 to 128 of A-Z a-z 0-9 . _ -");
          }
          if (actions.isMap()) {
            crowd(name, actions, scripts);
          } else {
            scripts.put(name, new PersonScript(name, script(actions)));
          }
        });
    if (scripts.isEmpty()) {
      throw people.error("a scenario needs at least one person");
    }
    return scripts;
  }

  /** Many people who do the same: {@code ana: {times: 300, script: […]}} are ana1 to ana300. */
  private static void crowd(String name, Yaml crowd, Map<String, PersonScript> scripts) {
    Map<String, Yaml> fields = crowd.map(List.of("times", "script"));
    List<Action> script = script(crowd.required(fields, "script"));
    long times = crowd.required(fields, "times").number(1, MAX_CROWD);
    for (int i = 1; i <= times; i++) {
      scripts.put(name + i, new PersonScript(name + i, script));
    }
  }

  private static List<Action> script(Yaml actions) {
    return actions.list().stream().map(ActionReader::read).toList();
  }

  private static List<FaultPlan> faults(@Nullable Yaml faults, Map<String, PersonScript> people) {
    return faults == null
        ? List.of()
        : faults.list().stream().map(fault -> fault(fault, people)).toList();
  }

  private static FaultPlan fault(Yaml fault, Map<String, PersonScript> people) {
    Map<String, Yaml> fields = fault.map(FAULT_KEYS);
    Yaml when = fields.get("when");
    Yaml at = fields.get("at_ms");
    if ((when == null) == (at == null)) {
      throw fault.error("a fault needs either 'when' or 'at_ms'");
    }
    Yaml lasts = fields.get("for_ms");
    String does = fault.required(fields, "do").word(Faults.NAMES, "fault");
    Yaml person = fields.get("person");
    if (person != null && !Faults.strikesOne(does)) {
      throw person.error("'" + does + "' strikes a server, and with it everybody: leave this out");
    }
    return new FaultPlan(
        when == null ? null : trigger(when, people),
        at == null ? 0 : at.number(0, MAX_MS),
        does,
        Faults.args(does, fields.get("args")),
        lasts == null ? 0 : lasts.number(1, MAX_MS),
        person == null ? null : person.word(people.keySet(), "person"));
  }

  private static Trigger trigger(Yaml when, Map<String, PersonScript> people) {
    Map<String, Yaml> fields = when.map(List.of("person", "type", "nth"));
    Yaml nth = fields.get("nth");
    return new Trigger(
        when.required(fields, "person").word(people.keySet(), "person"),
        when.required(fields, "type").word(ActionReader.types(), "frame type"),
        nth == null ? 1 : (int) nth.number(1, 1_000_000));
  }

  private static List<String> checkers(Yaml expect) {
    return expect.list().stream().map(c -> c.word(Checkers.names(), "checker")).toList();
  }

  private static String word(
      @Nullable Yaml value, List<String> known, String otherwise, String kind) {
    return value == null ? otherwise : value.word(known, kind);
  }

  private static boolean flag(@Nullable Yaml value) {
    return value != null && value.flag();
  }
}
