package dev.holdfast.protocol.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something said: by a person, by the agent as a whole, or by the agent piece by piece.
 *
 * @param content the text; null when it was missing or no text, and in a streamed piece
 * @param sessionId the conversation that the sender believes to be in
 * @param history earlier turns, oldest first, that a client hands along
 * @param artifacts what the agent made beside its text
 * @param role {@code user} on an echo of what another tab of the session said
 * @param stream where a streamed piece belongs (capability tokens)
 * @param delta the streamed piece itself
 */
public record Message(
    @Nullable String content,
    @Nullable String sessionId,
    List<Turn> history,
    List<Artifact> artifacts,
    @Nullable String role,
    @Nullable Stream stream,
    @Nullable String delta)
    implements Body {

  /** The role of a person. */
  public static final String USER = "user";

  /** One earlier turn of the conversation. */
  public record Turn(String role, String content) {}

  /** Something that the agent made; {@code json} is its data as JSON text. */
  public record Artifact(String type, String json) {}

  /** Where a piece belongs: {@code offset} counts UTF-16 units from the start of the answer. */
  public record Stream(State state, int offset) {
    /** The life of a streamed answer. */
    public enum State {
      START,
      DELTA,
      END,
      ABORTED
    }
  }

  public Message {
    history = List.copyOf(history);
    artifacts = List.copyOf(artifacts);
  }

  public static Message said(String content) {
    return new Message(content, null, List.of(), List.of(), null, null, null);
  }

  public static Message answer(String content, List<Artifact> artifacts) {
    return new Message(content, null, List.of(), artifacts, null, null, null);
  }

  /** What a person said, as every client of the session is told. */
  public static Message echo(String content) {
    return new Message(content, null, List.of(), List.of(), USER, null, null);
  }

  public static Message piece(Stream.State state, int offset, String delta) {
    return new Message(null, null, List.of(), List.of(), null, new Stream(state, offset), delta);
  }

  /** Whether this is a whole answer of the agent: neither a piece nor an echo. */
  public boolean isAnswer() {
    return stream == null && !isEcho() && content != null;
  }

  /** Whether this is a part of an answer, which comes as a whole later. */
  public boolean isPiece() {
    return content == null;
  }

  /** Whether this repeats what a person said. */
  public boolean isEcho() {
    return USER.equals(role);
  }

  @Override
  public FrameType type() {
    return FrameType.MESSAGE;
  }
}
