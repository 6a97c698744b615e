package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.client.LinkState;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import org.jspecify.annotations.Nullable;

/** What an event of a history says, as judges read it. */
public sealed interface Fact {

  /** A person did something beside talking: connect, retry, disconnect, offline, online, close. */
  record Did(String op) implements Fact {}

  record Said(String id) implements Fact {}

  /** A person wanted a run stopped; the request waits and is written like a message. */
  record Cancelled(String id) implements Fact {}

  /**
   * The client told what became of a message.
   *
   * @param fate ok, fail or indeterminate
   * @param refused whether it was not even taken
   */
  record Settled(String id, Kind fate, @Nullable String code, boolean refused) implements Fact {}

  /**
   * A frame arrived.
   *
   * @param type its type, {@code invalid} when it was no frame
   * @param frame null when it was none, or when the history holds only its beginning
   * @param longAnswer whether that beginning is of an answer
   */
  record Heard(String type, @Nullable Frame frame, boolean longAnswer) implements Fact {}

  /** A frame was handed to the socket; {@code sent} is false when there was none any more. */
  record Wrote(String type, @Nullable String id, @Nullable Frame frame, boolean sent)
      implements Fact {}

  /** A frame reached the application. */
  record Delivered(Frame frame) implements Fact {}

  /** The state that the person is shown changed; attempt and delay are 0 where they say nothing. */
  record Shown(LinkState state, long attempt, long delayMs) implements Fact {}

  record Dialled() implements Fact {}

  /** A handshake came to nothing. */
  record Refused(long retryAfterMs) implements Fact {}

  /** A connection was accepted by a server. */
  record Accepted() implements Fact {}

  /** The connection ended from outside. */
  record Ended(int code) implements Fact {}

  /** The core itself closed the connection. */
  record Left(int code) implements Fact {}

  /** A message went by {@code POST}. */
  record Posted(String id) implements Fact {}

  /**
   * A fault's phase: planned, struck or over.
   *
   * @param bites how often it had affected traffic when it was over
   */
  record Fault(String name, String phase, long bites) implements Fact {}

  /** A tool took effect: what no resend may repeat. */
  record ToolRan(String messageId, String runId, String callId) implements Fact {}

  /** A server's process began again without what it knew. */
  record Forgot() implements Fact {}

  /** A push reached a server. */
  record PushAsked(String request, String id) implements Fact {}

  /**
   * A server answered a push.
   *
   * @param run the run that it begins or began; null where it was refused
   */
  record PushAnswered(String request, @Nullable String run) implements Fact {}

  /** A server's process ended. */
  record Died() implements Fact {}

  /** From here on nothing is wrong with the world any more, as this process sees time. */
  record Healed() implements Fact {}

  /** The story was watched up to here, as this process sees time, whatever happened or did not. */
  record Watched() implements Fact {}

  /** Something that no judge reads. */
  record Other() implements Fact {
    static final Other INSTANCE = new Other();
  }
}
