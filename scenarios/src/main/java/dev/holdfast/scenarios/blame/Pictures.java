package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.report.picture.Lanes;
import dev.holdfast.report.picture.Lanes.Lane;
import dev.holdfast.report.picture.Lanes.Point;
import dev.holdfast.report.picture.Lanes.Stretch;
import dev.holdfast.report.picture.LanesSvg;
import dev.holdfast.report.picture.Sequence.Band;
import dev.holdfast.report.picture.SequenceSvg;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Picture;
import dev.holdfast.report.result.Stage;
import dev.holdfast.report.result.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pictures of a story: everybody's way through it, and the worst conversation in full. */
final class Pictures {
  private static final Set<String> SHOWN =
      Set.of("connecting", "connected", "reconnecting", "disconnected");

  /** A herd is shown by its first. */
  private static final int MOST_LANES = 12;

  private static final double NANOS_PER_MS = 1e6;

  private Pictures() {}

  static List<Picture> of(Finding finding, Testimony t) {
    boolean failed = finding.verdict() == Verdict.FAIL;
    if (finding.verdict() == Verdict.NOT_APPLICABLE
        || (finding.stage() != Stage.CHAOS && !failed)) {
      return List.of();
    }
    List<Picture> pictures = new ArrayList<>();
    String name = finding.title();
    pictures.add(new Picture("People and faults", "people.svg", LanesSvg.of(lanes(name, t))));
    String worst = worst(t);
    if (failed && worst != null) {
      String because = finding.seen() == null ? "" : finding.seen();
      String title = name + ": the conversation of " + worst;
      pictures.add(
          new Picture(
              "The worst conversation, " + worst + "'s",
              "sequence.svg",
              SequenceSvg.of(Conversation.of(t, worst, title, because))));
    }
    return pictures;
  }

  /** Whoever still waits for something, else whoever had to connect most often. */
  private static @org.jspecify.annotations.Nullable String worst(Testimony t) {
    Map<String, Integer> waits = new LinkedHashMap<>();
    for (HistoryRecord r : t.all(r -> r.source() == Source.CLIENT)) {
      int weight =
          Testimony.said(r) ? 1_000 : r.kind() == Kind.OK && Testimony.settled(r) ? -1_000 : 0;
      weight += Testimony.state(r, "dial") ? 1 : 0;
      waits.merge(r.process(), weight, Integer::sum);
    }
    return waits.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static Lanes lanes(String title, Testimony t) {
    Set<String> people = new LinkedHashSet<>();
    t.all(r -> r.source() == Source.CLIENT).forEach(r -> people.add(r.process()));
    List<Lane> lanes =
        people.stream().sorted().limit(MOST_LANES).map(person -> lane(person, t)).toList();
    List<Band> bands =
        t.faults().stream().map(s -> new Band(s.fromMs(), s.toMs(), s.fault())).toList();
    String more =
        people.size() > MOST_LANES ? " (" + people.size() + " people, the first shown)" : "";
    return new Lanes(title + more, t.endMs(), lanes, bands, queue(t), latency(t));
  }

  private static Lane lane(String person, Testimony t) {
    List<Stretch> stretches = new ArrayList<>();
    List<Double> dials = new ArrayList<>();
    String now = "disconnected";
    double since = 0;
    for (HistoryRecord r : t.all(r -> r.process().equals(person))) {
      if (Testimony.state(r, "dial")) {
        dials.add(t.ms(r));
      }
      if (r.kind() == Kind.STATE && SHOWN.contains(r.op())) {
        stretches.add(new Stretch(since, t.ms(r), now));
        now = r.op();
        since = t.ms(r);
      }
    }
    stretches.add(new Stretch(since, t.endMs(), now));
    return new Lane(person, stretches, dials);
  }

  /** How many messages were said and never yet written, everybody's together. */
  private static List<Point> queue(Testimony t) {
    Set<String> waiting = new LinkedHashSet<>();
    List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
    for (HistoryRecord r : t.all(r -> r.source() == Source.CLIENT)) {
      String id = r.text("id");
      boolean said = Testimony.said(r) && id != null && waiting.add(id);
      boolean gone = id != null && !Testimony.said(r) && waiting.remove(id);
      if (said || gone) {
        points.add(new Point(t.ms(r), waiting.size()));
      }
    }
    return points;
  }

  /** Each measured ping and pong, in milliseconds. */
  private static List<Point> latency(Testimony t) {
    return t.all(r -> r.op().equals("latency")).stream()
        .map(r -> new Point(t.ms(r), r.number("latency_ns", 0) / NANOS_PER_MS))
        .toList();
  }
}
