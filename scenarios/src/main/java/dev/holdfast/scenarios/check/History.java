package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was seen of one story, and the rules that it was played under. Judges read nothing else. */
public final class History {
  /** The store of the target survives nothing. */
  public static final String NO_DURABILITY = "none";

  private final List<HistoryRecord> records;
  private final List<Event> events;
  private final Terms terms;
  private final Map<String, String> calm;
  private @Nullable Map<String, Dialogue> dialogues;
  private @Nullable Lines lines;

  private History(
      List<HistoryRecord> records, List<Event> events, Terms terms, Map<String, String> calm) {
    this.records = records;
    this.events = events;
    this.terms = terms;
    this.calm = calm;
  }

  /** A history of a story without crashes. */
  public History(List<HistoryRecord> records, Profile profile, Backoff backoff) {
    this(records, profile, backoff, NO_DURABILITY);
  }

  /** Everybody's records, each process in its own order. */
  public History(List<HistoryRecord> records, Profile profile, Backoff backoff, String durability) {
    this(
        List.copyOf(records),
        Transcription.of(records),
        Terms.of(profile, backoff, durability),
        Map.of());
  }

  /**
   * A history whose events were seen as such.
   *
   * @param calm how each message ends when nothing goes wrong: its answer, by its id
   */
  public static History of(List<Event> events, Terms terms, Map<String, String> calm) {
    return new History(List.of(), events, terms, calm);
  }

  public List<HistoryRecord> records() {
    return records;
  }

  public List<Event> events() {
    return events;
  }

  public Terms terms() {
    return terms;
  }

  public Map<String, String> calm() {
    return calm;
  }

  public Profile profile() {
    return terms.profile();
  }

  public Backoff backoff() {
    return terms.backoff();
  }

  public String durability() {
    return terms.durability();
  }

  /** What each person's client saw, person by person. */
  public Map<String, Dialogue> dialogues() {
    if (dialogues == null) {
      dialogues = gathered();
    }
    return dialogues;
  }

  /** Which end of which connection each event happened at. */
  Lines lines() {
    if (lines == null) {
      lines = Lines.of(events);
    }
    return lines;
  }

  private Map<String, Dialogue> gathered() {
    Map<String, Dialogue.Builder> builders = new LinkedHashMap<>();
    int forgotten = 0;
    for (Event e : events) {
      if (e.source() == Source.CLIENT) {
        builders.computeIfAbsent(e.process(), Dialogue.Builder::new).add(e, forgotten);
      } else if (e.fact() instanceof Fact.Forgot) {
        forgotten++;
      }
    }
    Map<String, Dialogue> built = new LinkedHashMap<>();
    builders.forEach((person, builder) -> built.put(person, builder.build()));
    return built;
  }
}
