package dev.holdfast.server.agent;

import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All that the scripted agent says of one message, in order: the same message, the same words. */
public final class Performance {
  private static final List<String> TOOLS =
      List.of("create_story", "estimate_points", "link_epic", "notify_team");
  private static final String[] FILLER = {
    "It", "waits", "in", "the", "backlog", "with", "its", "acceptance", "criteria", "and", "points."
  };
  private static final Pattern PRIORITY = Pattern.compile("\\bP[0-4]\\b");
  private static final int QUOTED = 500;

  private final Script script;
  private final List<AgentEvent> events = new ArrayList<>();

  private Performance(Script script) {
    this.script = script;
  }

  public static List<AgentEvent> of(Script script) {
    return new Performance(script).perform();
  }

  private List<AgentEvent> perform() {
    List<String> tasks = new ArrayList<>();
    for (int i = 0; i < script.tools(); i++) {
      tasks.add(toolName(i).replace('_', ' '));
    }
    stage("clarification", "Reading the request", List.of());
    stage("planning", "Planning the work", tasks.isEmpty() ? List.of("answer") : tasks);
    for (int i = 0; i < script.tools(); i++) {
      tool(i);
    }
    if (script.fail()) {
      events.add(new AgentEvent.Failed("The agent was asked to fail, and did."));
    } else {
      answer();
    }
    return events;
  }

  private void stage(String stage, String message, List<String> tasks) {
    events.add(new AgentEvent.Stage(stage, message, tasks));
  }

  private static String toolName(int index) {
    return TOOLS.get(index % TOOLS.size());
  }

  private void tool(int index) {
    String tool = toolName(index);
    String call = "call-" + (index + 1);
    String details = "{\"step\":" + (index + 1) + ",\"of\":" + script.tools() + "}";
    boolean breaks = script.fail() && index == script.tools() - 1;
    String end = breaks ? ToolExecution.ERROR : ToolExecution.COMPLETED;
    stage(tool, "Working with " + tool.replace('_', ' '), List.of());
    for (String status : List.of(ToolExecution.PENDING, ToolExecution.RUNNING, end)) {
      events.add(new AgentEvent.Tool(tool, call, status, details));
    }
  }

  private void answer() {
    String text = text();
    List<String> pieces = pieces(text, script.tokens());
    for (String piece : pieces) {
      events.add(new AgentEvent.Delta(piece));
    }
    events.add(new AgentEvent.Answer(text, artifacts()));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(isStory() ? "The story is created: \"" : "Done: \"").append(quoted()).append("\".");
    if (!script.unknown().isEmpty()) {
      text.append(" Not understood and ignored: ").append(String.join(", ", script.unknown()));
    }
    int words = text.toString().split(" ", -1).length;
    for (int i = words; i < script.tokens(); i++) {
      text.append(' ').append(FILLER[(i - words) % FILLER.length]);
    }
    return text.toString();
  }

  private String quoted() {
    String request = script.request();
    if (request.length() <= QUOTED) {
      return request;
    }
    int end = Character.isHighSurrogate(request.charAt(QUOTED - 1)) ? QUOTED - 1 : QUOTED;
    return request.substring(0, end) + "…";
  }

  private boolean isStory() {
    return script.tools() > 0 && script.request().contains("story");
  }

  /** The text in {@code count} pieces, a word each; the last one holds what is left over. */
  static List<String> pieces(String text, int count) {
    List<String> pieces = new ArrayList<>();
    int from = 0;
    while (pieces.size() < count && from < text.length()) {
      int space = text.indexOf(' ', from);
      boolean last = space < 0 || pieces.size() == count - 1;
      int to = last ? text.length() : space + 1;
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  private List<Message.Artifact> artifacts() {
    if (!isStory()) {
      return List.of();
    }
    Matcher priority = PRIORITY.matcher(script.request());
    String json =
        "{\"key\":\"TEST-1\",\"title\":"
            + JsonText.of(quoted())
            + ",\"priority\":\""
            + (priority.find() ? priority.group() : "P2")
            + "\"}";
    return List.of(new Message.Artifact("story", json));
  }
}
