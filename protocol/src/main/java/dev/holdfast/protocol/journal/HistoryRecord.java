package dev.holdfast.protocol.journal;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was seen; the same in simulation, chaos and load.
 *
 * @param source whose eyes
 * @param process the person, connection or machine that it happened to
 * @param n counts the records of one process, from 1
 * @param monoNs monotonic nanoseconds; comparable within one source only
 * @param wall RFC 3339; for people
 * @param op what it was about: a frame's type, a state, a fault, {@code say}
 * @param cause {@code process:n} of the record that led to this one
 * @param data what else there is to know: JSON values by name
 */
public record HistoryRecord(
    Source source,
    String process,
    long n,
    long monoNs,
    String wall,
    @Nullable String session,
    @Nullable String connection,
    Kind kind,
    String op,
    @Nullable String cause,
    Map<String, Object> data) {

  public static final int VERSION = 1;

  /** Whose eyes. */
  public enum Source {
    CLIENT,
    SERVER,
    PROXY,
    HARNESS;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What sort of thing. An operation begins with invoke and ends with one of the next three. */
  public enum Kind {
    INVOKE,
    OK,
    FAIL,
    /** It may or may not have happened. */
    INDETERMINATE,
    FRAME,
    STATE,
    FAULT;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public HistoryRecord {
    data = Collections.unmodifiableMap(new TreeMap<>(data));
  }

  /** What other records call this one as their cause. */
  public String address() {
    return process + ":" + n;
  }

  /** The same, told by another clock. */
  public HistoryRecord at(long otherNanos) {
    return new HistoryRecord(
        source, process, n, otherNanos, wall, session, connection, kind, op, cause, data);
  }

  /** A text of {@link #data}, or null. */
  public @Nullable String text(String name) {
    return data.get(name) instanceof String s ? s : null;
  }

  /** A number of {@link #data}, or {@code otherwise}. */
  public long number(String name, long otherwise) {
    return data.get(name) instanceof Number number ? number.longValue() : otherwise;
  }
}
