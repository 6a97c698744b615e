package dev.holdfast.client.persona;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.FrameType;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person waits to see.
 *
 * <p>Where messages are named, {@code q*} stands for every message named q and a number.
 */
public sealed interface Expectation {

  /** The run of each has ended, with an answer or an error. */
  record Terminal(String names) implements Expectation {}

  /** Each has come to an end, whichever: answered, failed, in doubt or refused. */
  record Settled(String names) implements Expectation {}

  /** Each was given up: it may or may not have been worked on. */
  record Indeterminate(String names, @Nullable String code) implements Expectation {}

  /** One was not taken, for this reason; each refusal meets one expectation only. */
  record Refused(String code) implements Expectation {}

  /** The client is in this state, or was since the last state expected. */
  record State(LinkState state) implements Expectation {}

  /** A connection ended from outside with this code; each end meets one expectation only. */
  record Closed(int code) implements Expectation {}

  /** The newest news of who is here names these labels and no other. */
  record Here(Set<String> users) implements Expectation {}

  /** Somebody said this in the session; each echo meets one expectation only. */
  record Echoed(String content) implements Expectation {}

  /** A run that the server began has ended; each meets one expectation only. */
  record Pushed() implements Expectation {}

  /**
   * Such a frame has come in since the last frame expected, or since the start.
   *
   * @param status the status word, for {@code status} and {@code tool_execution}; null for any
   */
  record FrameSeen(FrameType type, @Nullable String status) implements Expectation {}

  /** For people, as in "the state reconnecting". */
  default String words() {
    return switch (this) {
      case Terminal t -> "the end of the run of " + t.names();
      case Settled t -> "what became of " + t.names();
      case Indeterminate i -> "the outcome indeterminate of " + i.names();
      case Refused r -> "a refusal with " + r.code();
      case State t -> "the state " + t.state().word();
      case Closed c -> "a close with code " + c.code();
      case Here h -> "presence of " + String.join(", ", new TreeSet<>(h.users()));
      case Echoed e -> "the echo of \"" + e.content() + "\"";
      case Pushed p -> "the end of a pushed run";
      case FrameSeen f ->
          "a frame " + f.type().word() + (f.status() == null ? "" : " " + f.status());
    };
  }
}
