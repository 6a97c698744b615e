package dev.holdfast.client.persona;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A step of a script in plain words, as what a person does: "expects an answer to q1". */
public final class Plain {
  private static final int LONGEST = 60;

  private Plain() {}

  /** What a person does. */
  public static String of(Action action) {
    return switch (action) {
      case Action.Say s -> "says " + quoted(s.content()) + times(s.times());
      case Action.Expect e -> "expects " + of(e.what()) + " within " + e.withinMs() + " ms";
      case Action.At at -> "waits until " + at.ms() + " ms after the beginning";
      case Action.Heal h -> "takes up again what was given up";
      case Action.OpenTab o -> "opens another tab";
      case Action.CloseTab c -> "closes the tab in front";
      case Action.Pause p -> "waits " + p.ms() + " ms";
      case Action.Offline o -> "goes offline";
      case Action.Online o -> "goes online";
      case Action.Connect c -> "connects";
      case Action.Disconnect d -> "disconnects";
      case Action.Retry r -> "presses Retry";
      case Action.Close c -> "closes the tab for good";
      case Action.Join j -> "joins the session of " + j.of();
      case Action.Push p -> "asks for a push of " + quoted(p.content()) + times(p.times());
      case Action.Cancel c -> "cancels the run of " + c.of();
    };
  }

  /** What a person waits for. */
  private static String of(Expectation what) {
    return switch (what) {
      case Expectation.Terminal t -> "an answer to " + t.names();
      case Expectation.Settled s -> "an end of " + s.names();
      case Expectation.Indeterminate i -> i.names() + " to be in doubt" + code(i.code());
      case Expectation.Refused r -> "a refusal" + code(r.code());
      case Expectation.State s -> "the client to be " + s.state().word();
      case Expectation.Closed c -> "a connection to end with code " + c.code();
      case Expectation.Here h ->
          "these users to be present: " + String.join(", ", new TreeSet<>(h.users()));
      case Expectation.Echoed e -> "the message " + quoted(e.content()) + " to appear";
      case Expectation.Pushed p -> "a run that the server began to end";
      case Expectation.FrameSeen f ->
          "a frame of type "
              + f.type().word()
              + (f.status() == null ? "" : " and status " + f.status());
    };
  }

  private static String code(@Nullable String code) {
    return code == null ? "" : " with code " + code;
  }

  private static String times(int times) {
    return times == 1 ? "" : ", " + times + " times";
  }

  private static String quoted(String text) {
    String line = text.replace('\n', ' ');
    return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "'";
  }
}
