package dev.holdfast.protocol.codec;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Member;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code data} as the body that the frame's type calls for. */
final class BodyReader {
  private final Fields data;

  BodyReader(Fields data) {
    this.data = data;
  }

  Body message() throws Malformed {
    return new Message(
        contentOrNull(),
        data.text("session_id"),
        history(),
        artifacts(data),
        data.text("role"),
        stream(),
        data.text("delta"));
  }

  /** Content that is no text counts as missing: the answer is empty_content, not invalid_frame. */
  private @Nullable String contentOrNull() {
    return data.value("content") instanceof String content ? content : null;
  }

  private List<Message.Turn> history() throws Malformed {
    List<Message.Turn> turns = new ArrayList<>();
    for (Fields turn : data.objects("message_history")) {
      turns.add(new Message.Turn(turn.textOr("role", "user"), turn.textOr("content", "")));
    }
    return turns;
  }

  private static List<Message.Artifact> artifacts(Fields from) throws Malformed {
    List<Message.Artifact> artifacts = new ArrayList<>();
    for (Fields artifact : from.objects("artifacts")) {
      String json = artifact.json("data");
      artifacts.add(
          new Message.Artifact(artifact.textOr("type", ""), json == null ? "null" : json));
    }
    return artifacts;
  }

  private Message.@Nullable Stream stream() throws Malformed {
    Object value = data.value("stream");
    if (value == null) {
      return null;
    }
    try {
      return stream(value);
    } catch (Malformed e) {
      data.tolerate(e);
      return null;
    }
  }

  private static Message.Stream stream(Object value) throws Malformed {
    if (!(value instanceof JsonObject object)) {
      throw new Malformed("'stream' must be an object");
    }
    Fields stream = new Fields(object, Codec.Reading.STRICT);
    return new Message.Stream(
        word(Message.Stream.State.class, "state", stream.required("state")),
        (int) Math.min(stream.positionOr("offset", 0), Integer.MAX_VALUE));
  }

  Body toolExecution() throws Malformed {
    return tool(data);
  }

  private static ToolExecution tool(Fields from) throws Malformed {
    return new ToolExecution(
        from.textOr("tool", ""),
        from.text("tool_call_id"),
        from.textOr("status", ""),
        from.json("details"));
  }

  Body failure() throws Malformed {
    return failure(data);
  }

  private static Failure failure(Fields from) throws Malformed {
    return new Failure(
        from.textOr("error", ""),
        from.text("code"),
        from.flag("retryable"),
        from.isTrue("indeterminate"));
  }

  Body status(Fields envelope) throws Malformed {
    String word = data.textOr("status", "");
    return switch (word) {
      case "connected" -> connected();
      case "processing" ->
          new Status.Processing(
              data.text("stage"), data.text("message"), data.texts("tasks_identified"));
      case "hello" -> hello(envelope);
      case "ack" -> new Status.Ack(data.positionOr("queued", 0), data.isTrue("duplicate"));
      case "caught_up" -> new Status.CaughtUp(data.positionOr("seq", 0));
      case "snapshot" -> snapshot();
      case "drain" -> new Status.Drain(data.positionOr("retry_after_ms", 0));
      case "cancel" -> new Status.Cancel(data.text("run_id"));
      case "presence" -> presence();
      default -> new Status.Other(word);
    };
  }

  private Body presence() throws Malformed {
    List<Member> members = new ArrayList<>();
    for (Fields member : data.objects("members")) {
      members.add(
          new Member(
              member.required("user_id"),
              (int) Math.min(member.positionOr("connections", 0), Integer.MAX_VALUE),
              member.textOr("since", "")));
    }
    return new Status.Presence(members);
  }

  private Body connected() throws Malformed {
    return new Status.Connected(
        data.text("session_id"),
        data.positionOr("heartbeat_interval_ms", 0),
        data.text("message"),
        data.value("outcome") == null ? null : resumptionIfAny());
  }

  private @Nullable Resumption resumptionIfAny() throws Malformed {
    try {
      return resumption();
    } catch (Malformed e) {
      data.tolerate(e);
      return null;
    }
  }

  private Resumption resumption() throws Malformed {
    String reason = data.text("reason");
    return new Resumption(
        word(Resumption.Outcome.class, "outcome", data.required("outcome")),
        reason == null ? null : word(Resumption.Reason.class, "reason", reason),
        data.isTrue("ids_kept"),
        data.required("epoch"),
        data.required("resume_token"),
        data.positionOr("ack", 0),
        data.positionOr("top_seq", 0),
        limits(),
        data.texts("capabilities"));
  }

  private Resumption.Limits limits() throws Malformed {
    return new Resumption.Limits(
        data.positionOr("pong_timeout_ms", 0),
        data.positionOr("resume_ttl_ms", 0),
        data.positionOr("run_timeout_ms", 0),
        data.positionOr("replay_max_frames", 0),
        data.positionOr("replay_max_bytes", 0),
        data.positionOr("max_frame_bytes", 0),
        data.positionOr("max_pending_runs", 0));
  }

  private Body hello(Fields envelope) throws Malformed {
    String clientId = data.name("client_id");
    if (clientId == null) {
      throw new Malformed("'client_id' must be 1 to 128 of A-Z a-z 0-9 . _ -");
    }
    return new Status.Hello(
        clientId,
        data.positionOr("attempt", 0),
        data.text("resume_token"),
        data.text("epoch"),
        data.positionOr("ack", envelope.positionOr("ack", 0)),
        data.positionOr("queued", 0),
        data.texts("capabilities"));
  }

  private Body snapshot() throws Malformed {
    List<SnapshotRun> runs = new ArrayList<>();
    for (Fields run : data.objects("runs")) {
      runs.add(snapshotRun(run));
    }
    return new Status.Snapshot(runs, data.isTrue("truncated"));
  }

  private static SnapshotRun snapshotRun(Fields run) throws Malformed {
    List<ToolExecution> tools = new ArrayList<>();
    for (Fields tool : run.objects("tools")) {
      tools.add(tool(tool));
    }
    Object error = run.value("error");
    return new SnapshotRun(
        run.required("run_id"),
        run.text("message_id"),
        run.required("state"),
        run.textOr("text", ""),
        artifacts(run),
        tools,
        error instanceof JsonObject o ? failure(new Fields(o, Codec.Reading.TOLERANT)) : null);
  }

  private static <E extends Enum<E>> E word(Class<E> type, String field, String word)
      throws Malformed {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw new Malformed("'" + field + "' has a word that is not known");
  }
}
