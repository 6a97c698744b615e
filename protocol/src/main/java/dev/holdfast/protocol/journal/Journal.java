package dev.holdfast.protocol.journal;

import dev.holdfast.protocol.journal.HistoryRecord.Kind;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one process in the order in which they were made; safe to read while growing. */
public final class Journal {
  /** A history that grows beyond this has stopped to be evidence that a person can read. */
  public static final int MAX_RECORDS = 1_000_000;

  private final Source source;
  private final String process;
  private final List<HistoryRecord> records = new ArrayList<>();

  public Journal(Source source, String process) {
    this.source = source;
    this.process = process;
  }

  public synchronized HistoryRecord add(
      long monoNs,
      String wall,
      @Nullable String session,
      @Nullable String connection,
      Kind kind,
      String op,
      Map<String, Object> data) {
    return add(monoNs, wall, session, connection, kind, op, null, data);
  }

  /** The same of something that another record led to: {@code process:n}. */
  public synchronized HistoryRecord add(
      long monoNs,
      String wall,
      @Nullable String session,
      @Nullable String connection,
      Kind kind,
      String op,
      @Nullable String cause,
      Map<String, Object> data) {
    if (records.size() >= MAX_RECORDS) {
      throw new IllegalStateException(process + " made more than " + MAX_RECORDS + " records");
    }
    var made =
        new HistoryRecord(
            source,
            process,
            records.size() + 1L,
            monoNs,
            wall,
            session,
            connection,
            kind,
            op,
            cause,
            data);
    records.add(made);
    return made;
  }

  public synchronized int size() {
    return records.size();
  }

  public String process() {
    return process;
  }

  public synchronized List<HistoryRecord> records() {
    return List.copyOf(records);
  }
}
