package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.journal.HistoryRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was seen of one scenario, and the rules that it was played under.
 *
 * @param records everybody's, each process in its own order
 * @param durability what the target's store survives: none or process
 */
public record History(
    List<HistoryRecord> records, Profile profile, Backoff backoff, String durability) {

  /** The store of the target survives nothing. */
  public static final String NO_DURABILITY = "none";

  /** A history of a story without crashes. */
  public History(List<HistoryRecord> records, Profile profile, Backoff backoff) {
    this(records, profile, backoff, NO_DURABILITY);
  }

  public History {
    records = List.copyOf(records);
  }

  /** What each person's client saw, person by person. */
  public Map<String, Dialogue> dialogues() {
    Map<String, Dialogue.Builder> builders = new LinkedHashMap<>();
    for (HistoryRecord r : records) {
      if (r.source() == HistoryRecord.Source.CLIENT) {
        builders.computeIfAbsent(r.process(), Dialogue.Builder::new).add(r);
      }
    }
    Map<String, Dialogue> dialogues = new LinkedHashMap<>();
    builders.forEach((person, builder) -> dialogues.put(person, builder.build()));
    return dialogues;
  }
}
