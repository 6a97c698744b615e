package dev.holdfast.scenarios.explore;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.scenarios.world.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A story's moments as lines for people, in the world's own order. */
public final class Replay {
  private static final int MOST_TEXT = 160;

  private Replay() {}

  /**
   * One step.
   *
   * @param line what happened, when and to whom
   */
  public record Step(double ms, String who, String line) {
    /** {@code 1,250 ms ana#2 ← status connected seq=1}. */
    public String text() {
      return String.format(Locale.ROOT, "%,10.1f ms  %-12s %s", ms, who, line);
    }
  }

  public static List<Step> steps(List<Moment> moments) {
    List<Step> steps = new ArrayList<>();
    for (Moment moment : moments) {
      HistoryRecord r = moment.record();
      boolean quiet = r.op().equals("deliver") || r.op().equals("latency");
      if (!quiet) {
        String on = r.connection() == null ? r.process() : r.process() + "#" + r.connection();
        steps.add(new Step(moment.ms(), on, line(r)));
      }
    }
    return steps;
  }

  private static String line(HistoryRecord r) {
    String text = r.text("text");
    return switch (r.kind()) {
      case FRAME -> arrow(r) + " " + cut(text == null ? r.op() + " " + r.data() : text);
      case FAULT -> "↯ " + r.op() + " " + r.text("phase") + bites(r);
      case INVOKE -> "does " + r.op() + " " + cut(String.valueOf(r.data()));
      case OK, FAIL, INDETERMINATE -> r.kind().word() + " " + r.data();
      case STATE -> r.op() + (r.data().isEmpty() ? "" : " " + cut(r.data().toString()));
    };
  }

  private static String bites(HistoryRecord r) {
    return r.data().containsKey("bites") && r.number("bites", 0) > 0
        ? ", bit " + r.number("bites", 0) + " times"
        : "";
  }

  /** To the right from the client, to the left from the server: as in the diagram. */
  private static String arrow(HistoryRecord r) {
    boolean out = "out".equals(r.text("direction"));
    boolean client = r.source() == Source.CLIENT;
    return (client == out ? "→" : "←") + (out ? "" : " arrives");
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ');
    return line.length() <= MOST_TEXT ? line : line.substring(0, MOST_TEXT) + "…";
  }
}
