package dev.holdfast.client.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One thing that a person does. */
public sealed interface Action {

  /**
   * Says something, once or many times in a row.
   *
   * @param as how the script calls the message; said many times as {@code q} they are q1, q2, …
   */
  record Say(String content, @Nullable String as, int times) implements Action {
    public Say {
      if (times < 1) {
        throw new IllegalArgumentException("say needs times >= 1, not " + times);
      }
    }

    public Say(String content, @Nullable String as) {
      this(content, as, 1);
    }

    /** The names, in the order of saying; empty when it has none. */
    public List<String> names() {
      if (as == null) {
        return List.of();
      }
      if (times == 1) {
        return List.of(as);
      }
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= times; i++) {
        names.add(as + i);
      }
      return names;
    }
  }

  /** Waits until something has been seen; the script ends where that does not happen in time. */
  record Expect(Expectation what, long withinMs) implements Action {
    public static final long DEFAULT_WITHIN_MS = 5_000;

    public Expect(Expectation what) {
      this(what, DEFAULT_WITHIN_MS);
    }
  }

  /** Waits until so long after the script began; what is late is done at once. */
  record At(long ms) implements Action {}

  /** Whatever this person had given up is taken up again: online, connected, or about to be. */
  record Heal() implements Action {}

  /** Opens another tab of the same session and goes on there. */
  record OpenTab() implements Action {}

  /** Closes the tab in front, if it is not the only one, and presses Retry in the one behind. */
  record CloseTab() implements Action {}

  /** Does nothing for a while. */
  record Pause(long ms) implements Action {}

  /** The network of this person goes away without a word. */
  record Offline() implements Action {}

  /** It is back. */
  record Online() implements Action {}

  /** Connects; a person does this unasked at the start. */
  record Connect() implements Action {}

  /** Leaves, but may come back. */
  record Disconnect() implements Action {}

  /** Presses Retry. */
  record Retry() implements Action {}

  /** Closes the tab: the client is gone for good. */
  record Close() implements Action {}

  /**
   * Becomes another tab of somebody's session, with their token; connects once it has it.
   *
   * @param of the person whose session it is
   */
  record Join(String of) implements Action {}

  /**
   * Has an administrator ask the agent to speak first in this session.
   *
   * @param times how often the same push is asked for, as by somebody who had no answer
   */
  record Push(String content, int times) implements Action {}

  /**
   * Asks for a run to be stopped.
   *
   * @param of the name of the message that started it
   */
  record Cancel(String of) implements Action {}

  /** For people: what this step of a script is. */
  default String words() {
    return this instanceof Expect e
        ? "expects " + e.what().words() + " within " + e.withinMs() + " ms"
        : getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
