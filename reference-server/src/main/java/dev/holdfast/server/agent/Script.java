package dev.holdfast.server.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * What a message asks of the scripted agent in its first line: {@code #agent slow_ms=500 tools=2
 * tokens=40 fail}, any of these words in any order.
 *
 * @param slowMs how long the whole run takes, or {@link #UNSAID}
 * @param tools how many tools are called
 * @param tokens in how many pieces the answer is streamed; 0 for not at all
 * @param fail whether the run ends in a failure
 * @param unknown words of the line that mean nothing; the answer names them
 * @param request the message without that line
 */
public record Script(
    long slowMs, int tools, int tokens, boolean fail, List<String> unknown, String request) {

  public static final String MARK = "#agent";
  public static final long UNSAID = -1;
  public static final long MAX_SLOW_MS = 600_000;
  public static final int MAX_TOOLS = 100;
  public static final int MAX_TOKENS = 100_000;

  private static final int DEFAULT_TOOLS = 1;

  public Script {
    unknown = List.copyOf(unknown);
  }

  public static Script of(String content) {
    int end = content.indexOf('\n');
    String first = end < 0 ? content : content.substring(0, end);
    String[] words = first.strip().split("\\s+", -1);
    if (!words[0].equals(MARK)) {
      return new Script(UNSAID, DEFAULT_TOOLS, 0, false, List.of(), content.strip());
    }
    Reading reading = new Reading();
    for (int i = 1; i < words.length; i++) {
      reading.word(words[i]);
    }
    return reading.script(end < 0 ? "" : content.substring(end + 1).strip());
  }

  /** The line while its words are read. */
  private static final class Reading {
    private long slowMs = UNSAID;
    private int tools = DEFAULT_TOOLS;
    private int tokens;
    private boolean fail;
    private final List<String> unknown = new ArrayList<>();

    void word(String word) {
      int equals = word.indexOf('=');
      String key = equals < 0 ? word : word.substring(0, equals);
      long value = equals < 0 ? UNSAID : number(word.substring(equals + 1));
      if (word.equals("fail")) {
        fail = true;
      } else if (key.equals("slow_ms") && fits(value, MAX_SLOW_MS)) {
        slowMs = value;
      } else if (key.equals("tools") && fits(value, MAX_TOOLS)) {
        tools = (int) value;
      } else if (key.equals("tokens") && fits(value, MAX_TOKENS)) {
        tokens = (int) value;
      } else {
        unknown.add(word);
      }
    }

    private static boolean fits(long value, long most) {
      return value >= 0 && value <= most;
    }

    private static long number(String digits) {
      return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : UNSAID;
    }

    Script script(String request) {
      return new Script(slowMs, tools, tokens, fail, unknown, request);
    }
  }
}
