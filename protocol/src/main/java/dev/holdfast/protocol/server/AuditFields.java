package dev.holdfast.protocol.server;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an audit event.
 *
 * <p>Each one knows those before it, and all are put in their places once somebody wants all of
 * them: a tree of them, or arrays copied at each field, cost more than the hash that is taken of
 * them.
 */
public final class AuditFields {
  static final AuditFields NONE = new AuditFields(null, AuditField.EVENT, "");

  private final @Nullable AuditFields before;
  private final AuditField last;
  private final Object lastValue;

  /** Made by whoever reads first; another who reads at the same time makes the same. */
  private volatile @Nullable Object @Nullable [] places;

  private AuditFields(@Nullable AuditFields before, AuditField last, Object lastValue) {
    this.before = before;
    this.last = last;
    this.lastValue = lastValue;
  }

  /** These with one more, or with another value for one of them. */
  AuditFields plus(AuditField field, Object value) {
    return new AuditFields(this, field, value);
  }

  private @Nullable Object[] places() {
    @Nullable Object[] known = places;
    if (known == null) {
      known = new Object[AuditField.ALL.size()];
      for (AuditFields at = this; at.before != null; at = at.before) {
        int place = at.last.ordinal();
        known[place] = known[place] == null ? at.lastValue : known[place];
      }
      places = known;
    }
    return known;
  }

  /** The same, ready to be asked for one field after the other. */
  public AuditFields inPlaces() {
    var unused = places();
    return this;
  }

  /** The value that was given last, or null. */
  public @Nullable Object get(AuditField field) {
    @Nullable Object[] known = places;
    if (known != null) {
      return known[field.ordinal()];
    }
    for (AuditFields at = this; at.before != null; at = at.before) {
      if (at.last == field) {
        return at.lastValue;
      }
    }
    return null;
  }

  public boolean has(AuditField field) {
    return get(field) != null;
  }

  /** Visits the fields in the order in which an entry tells them. */
  public void forEach(BiConsumer<AuditField, Object> each) {
    @Nullable Object[] all = places();
    for (AuditField field : AuditField.ALL) {
      Object value = all[field.ordinal()];
      if (value != null) {
        each.accept(field, value);
      }
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AuditFields that && Arrays.equals(places(), that.places());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(places());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    forEach((field, value) ->
        text.append(text.length() == 1 ? "" : ", ").append(field.word()).append('=').append(value));
    return text.append('}').toString();
  }
}
