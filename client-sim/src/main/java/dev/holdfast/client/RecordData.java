package dev.holdfast.client;

import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Failure;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.Digest;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The data of one history record while it is put together; absent values are left out. */
final class RecordData {
  private static final int MAX_CONTENT_CHARS = 200;
  private static final int MAX_TEXT_CHARS = 64 * 1024;

  /** A token's value, also where the text breaks off in it. */
  private static final Pattern TOKEN =
      Pattern.compile("(\"resume_token\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*+\"?");

  private final Map<String, Object> map = new TreeMap<>();

  private RecordData() {}

  static RecordData of() {
    return new RecordData();
  }

  Map<String, Object> map() {
    return map;
  }

  RecordData put(String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
    return this;
  }

  RecordData putUnless(long absent, String name, long value) {
    return value == absent ? this : put(name, value);
  }

  RecordData content(String content) {
    return put("content", shortened(content)).hash(content);
  }

  RecordData hash(String content) {
    return put("content_sha256", Digest.sha256(content));
  }

  /** A frame's text without its secrets, and not without end. */
  RecordData text(String text) {
    String safe =
        text.contains("resume_token") ? TOKEN.matcher(text).replaceAll("$1\"***\"") : text;
    if (safe.length() <= MAX_TEXT_CHARS) {
      return put("text", safe);
    }
    return put("text", safe.substring(0, MAX_TEXT_CHARS)).put("cut", true);
  }

  /** What checkers want to know of a frame without reading its text again. */
  RecordData frame(Frame frame) {
    Envelope e = frame.envelope();
    put("id", e.id()).put("reply_to", e.replyTo()).put("run_id", e.runId());
    putUnless(Envelope.ABSENT, "seq", e.seq()).putUnless(Envelope.ABSENT, "ack", e.ack());
    put("replay", e.replay() ? true : null);
    return switch (frame.body()) {
      case Status s -> put("status", s.word());
      case ToolExecution t ->
          put("status", t.status()).put("tool", t.tool()).put("tool_call_id", t.callId());
      case Failure f -> put("code", f.code());
      default -> this;
    };
  }

  static String shortened(String content) {
    return content.length() <= MAX_CONTENT_CHARS
        ? content
        : content.substring(0, MAX_CONTENT_CHARS);
  }
}
