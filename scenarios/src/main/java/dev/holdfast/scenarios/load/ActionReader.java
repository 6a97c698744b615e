package dev.holdfast.scenarios.load;

import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.Expectation;
import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.FrameType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what a person does: {@code {say: hi, as: m1}}, {@code {expect: …}}, {@code offline}. */
final class ActionReader {
  private static final List<String> WORDS =
      List.of(
          "offline",
          "online",
          "connect",
          "disconnect",
          "retry",
          "heal",
          "open_tab",
          "close_tab",
          "close");
  private static final List<String> KEYS =
      List.of("say", "expect", "pause_ms", "at_ms", "join", "push", "cancel");
  private static final List<String> EXPECTATIONS =
      List.of(
          "terminal",
          "settled",
          "indeterminate",
          "refused",
          "state",
          "closed",
          "here",
          "echo",
          "pushed",
          "frame");
  private static final long MAX_MS = 3_600_000;
  private static final int MAX_TIMES = 10_000;

  private ActionReader() {}

  static Action read(Yaml action) {
    if (!action.isMap()) {
      return word(action);
    }
    Map<String, Yaml> any = action.anyMap();
    for (String key : KEYS) {
      if (any.containsKey(key)) {
        return keyed(key, action);
      }
    }
    String first = any.keySet().stream().findFirst().orElse("");
    throw action.error("unknown action '" + first + "'" + Nearest.hint(first, KEYS));
  }

  private static Action word(Yaml action) {
    return switch (action.word(WORDS, "action")) {
      case "offline" -> new Action.Offline();
      case "online" -> new Action.Online();
      case "connect" -> new Action.Connect();
      case "disconnect" -> new Action.Disconnect();
      case "retry" -> new Action.Retry();
      case "heal" -> new Action.Heal();
      case "open_tab" -> new Action.OpenTab();
      case "close_tab" -> new Action.CloseTab();
      default -> new Action.Close();
    };
  }

  private static Action keyed(String key, Yaml action) {
    return switch (key) {
      case "say" -> say(action);
      case "expect" -> expect(only(action, key));
      case "pause_ms" -> new Action.Pause(only(action, key).number(0, MAX_MS));
      case "at_ms" -> new Action.At(only(action, key).number(0, MAX_MS));
      case "join" -> new Action.Join(only(action, key).text());
      case "push" -> push(action);
      default -> new Action.Cancel(only(action, key).text());
    };
  }

  /** The value of the one key that an action has. */
  private static Yaml only(Yaml action, String key) {
    return action.required(action.map(List.of(key)), key);
  }

  private static Action say(Yaml action) {
    Map<String, Yaml> fields = action.map(List.of("say", "as", "times"));
    Yaml as = fields.get("as");
    Yaml times = fields.get("times");
    return new Action.Say(
        action.required(fields, "say").text(),
        as == null ? null : as.text(),
        times == null ? 1 : (int) times.number(1, MAX_TIMES));
  }

  private static Action push(Yaml action) {
    Map<String, Yaml> fields = action.map(List.of("push", "times"));
    Yaml times = fields.get("times");
    return new Action.Push(
        action.required(fields, "push").text(),
        times == null ? 1 : (int) times.number(1, MAX_TIMES));
  }

  private static Action expect(Yaml expect) {
    Map<String, Yaml> fields =
        expect.map(
            Stream.concat(EXPECTATIONS.stream(), Stream.of("status", "code", "within_ms"))
                .toList());
    Yaml within = fields.get("within_ms");
    long ms = within == null ? Action.Expect.DEFAULT_WITHIN_MS : within.number(1, MAX_MS);
    return new Action.Expect(what(expect, fields), ms);
  }

  private static Expectation what(Yaml expect, Map<String, Yaml> fields) {
    List<String> said = EXPECTATIONS.stream().filter(fields::containsKey).toList();
    if (said.size() != 1) {
      throw expect.error("expect needs exactly one of " + String.join(", ", EXPECTATIONS));
    }
    Yaml value = expect.required(fields, said.get(0));
    return switch (said.get(0)) {
      case "terminal" -> new Expectation.Terminal(value.text());
      case "settled" -> new Expectation.Settled(value.text());
      case "indeterminate" -> new Expectation.Indeterminate(value.text(), text(fields, "code"));
      case "refused" -> new Expectation.Refused(value.text());
      case "state" -> new Expectation.State(LinkState.valueOf(word(value, states(), "state")));
      case "closed" -> new Expectation.Closed((int) value.number(1_000, 4_999));
      case "here" ->
          new Expectation.Here(
              value.list().stream().map(Yaml::text).collect(Collectors.toUnmodifiableSet()));
      case "echo" -> new Expectation.Echoed(value.text());
      case "pushed" -> pushed(value);
      default ->
          new Expectation.FrameSeen(
              FrameType.valueOf(word(value, types(), "frame type")), text(fields, "status"));
    };
  }

  private static Expectation pushed(Yaml value) {
    if (!value.flag()) {
      throw value.error("pushed is true, or left out");
    }
    return new Expectation.Pushed();
  }

  private static @org.jspecify.annotations.Nullable String text(
      Map<String, Yaml> fields, String key) {
    Yaml value = fields.get(key);
    return value == null ? null : value.text();
  }

  private static String word(Yaml value, List<String> known, String kind) {
    return value.word(known, kind).toUpperCase(Locale.ROOT);
  }

  private static List<String> states() {
    return Arrays.stream(LinkState.values()).map(LinkState::word).toList();
  }

  static List<String> types() {
    return Arrays.stream(FrameType.values()).map(FrameType::word).toList();
  }
}
