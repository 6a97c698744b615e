package dev.holdfast.scenarios.broken;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two processes that share no sessions: every second connection of a session meets the other one,
 * where the session is a fresh one of the same name.
 */
final class TwoProcesses implements Meddling {
  private static final Pattern HANDSHAKE =
      Pattern.compile("^GET /ws/chat\\?session_id=([A-Za-z0-9._-]{1,127})(?=[& ])");

  /** At the end of a session's name in the other process. */
  private static final String OTHER = "_";

  private static final Pattern OTHER_NAME =
      Pattern.compile("(\"session_id\":\"[^\"]*)" + OTHER + "\"");

  private final Map<String, Integer> connections = new ConcurrentHashMap<>();

  @Override
  public String request(String head) {
    Matcher handshake = HANDSHAKE.matcher(head);
    boolean toOther =
        handshake.find() && connections.merge(handshake.group(1), 1, Integer::sum) % 2 == 0;
    return toOther ? handshake.replaceFirst("$0" + OTHER) : head;
  }

  @Override
  public List<WireFrame> toPeer(Line line, WireFrame frame) {
    return List.of(
        frame.is(WireFrame.TEXT)
            ? WireFrame.text(OTHER_NAME.matcher(frame.text()).replaceAll("$1\""))
            : frame);
  }
}
