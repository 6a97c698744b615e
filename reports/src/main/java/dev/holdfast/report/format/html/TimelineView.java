package dev.holdfast.report.format.html;

import dev.holdfast.report.format.Visible;
import dev.holdfast.report.format.Words;
import dev.holdfast.report.result.Timeline;
import dev.holdfast.report.result.Timeline.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scenario over time, as bars whose places are shares of its duration.
 *
 * @param description what a screen reader says in its place
 */
public record TimelineView(
    String title, List<Bar> faults, List<Lane> lanes, List<Tick> ticks, String description) {
  private static final int MOST_ROWS = 12;
  private static final double NARROWEST = 0.25;

  /** A stretch of time; left and width in percent. */
  public record Bar(String what, String tone, double left, double width, int row) {
    /** For the style sheet. */
    public String place() {
      return String.format(Locale.ROOT, "left:%.2f%%;width:%.2f%%", left, width);
    }

    /** The same for one of several rows. */
    public String placeInRow() {
      return place() + ";--row:" + row;
    }
  }

  /**
   * One person.
   *
   * @param note how many shorter messages are not drawn; empty when all are
   */
  public record Lane(String person, List<Bar> states, List<Bar> messages, int rows, String note) {}

  /** A moment on the axis. */
  public record Tick(double left, String label) {
    public String place() {
      return String.format(Locale.ROOT, "left:%.2f%%", left);
    }
  }

  static TimelineView of(Timeline t) {
    double whole = Math.max(1, t.durationMs());
    List<Bar> faults =
        t.faults().stream()
            .map(f -> bar(f, Visible.of(f.what()).replace('_', ' '), whole, 0))
            .toList();
    List<Lane> lanes = t.people().stream().map(p -> lane(p, whole)).toList();
    String profile = t.profile().equals("core") ? "" : ", " + t.profile();
    return new TimelineView(
        Visible.of(t.address()) + profile, faults, lanes, ticks(t.durationMs()), description(t));
  }

  private static Bar bar(Span span, String tone, double whole, int row) {
    double left = Math.clamp(span.fromMs() / whole * 100, 0, 100);
    double width = Math.max(NARROWEST, (span.toMs() - span.fromMs()) / whole * 100);
    return new Bar(
        Visible.of(span.what()), tone, left, Math.min(width, 100 - left + NARROWEST), row);
  }

  private static Lane lane(Timeline.Lane person, double whole) {
    List<Bar> states =
        person.states().stream().map(s -> bar(s, stateTone(s.what()), whole, 0)).toList();
    List<Bar> messages = new ArrayList<>();
    List<Long> rowEnds = new ArrayList<>();
    for (Span m : person.messages()) {
      messages.add(bar(m, messageTone(m.what()), whole, row(rowEnds, m)));
    }
    String note = person.notShown() == 0 ? "" : notDrawn(person.notShown());
    return new Lane(
        Visible.of(person.person()), states, messages, Math.max(1, rowEnds.size()), note);
  }

  private static String notDrawn(int messages) {
    return Words.count(messages, "shorter message")
        + (messages == 1 ? " is" : " are")
        + " not drawn";
  }

  /** The first row that is free again; when all are taken, bars lie on each other in the last. */
  private static int row(List<Long> ends, Span span) {
    for (int i = 0; i < ends.size(); i++) {
      if (ends.get(i) <= span.fromMs()) {
        ends.set(i, span.toMs());
        return i;
      }
    }
    if (ends.size() < MOST_ROWS) {
      ends.add(span.toMs());
      return ends.size() - 1;
    }
    return MOST_ROWS - 1;
  }

  private static String stateTone(String state) {
    return switch (state) {
      case "connected" -> "up";
      case "connecting", "reconnecting" -> "trying";
      default -> "down";
    };
  }

  private static String messageTone(String end) {
    return switch (end) {
      case "answered" -> "answered";
      case "refused" -> "refused";
      default -> "open";
    };
  }

  private static List<Tick> ticks(long durationMs) {
    List<Tick> ticks = new ArrayList<>();
    long step = Math.max(1, (long) Chart.roundUp(durationMs / 5.0));
    for (long at = 0; at < durationMs - step / 2; at += step) {
      ticks.add(new Tick(at * 100.0 / durationMs, at == 0 ? "0" : Words.duration(at)));
    }
    return ticks;
  }

  private static String description(Timeline t) {
    StringBuilder text = new StringBuilder();
    text.append(t.address()).append(", ").append(Words.duration(t.durationMs())).append('.');
    t.faults().forEach(f -> text.append(" Fault ").append(spoken(f)).append('.'));
    for (Timeline.Lane p : t.people()) {
      long answered = p.messages().stream().filter(m -> m.what().equals("answered")).count();
      text.append(' ').append(p.person()).append(": ");
      text.append(
          p.states().stream().map(TimelineView::spoken).reduce((a, b) -> a + ", " + b).orElse(""));
      text.append("; ").append(answered).append(" of ");
      text.append(Words.count(p.messages().size(), "message")).append(" answered.");
      text.append(p.notShown() == 0 ? "" : " " + notDrawn(p.notShown()) + ".");
    }
    return Visible.of(text.toString());
  }

  private static String spoken(Span span) {
    return span.what().replace('_', ' ')
        + " from "
        + Words.duration(span.fromMs())
        + " to "
        + Words.duration(span.toMs());
  }
}
