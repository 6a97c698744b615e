package dev.holdfast.protocol;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import org.pcollections.PVector;

/**
 * An immutable list of a few things, a hundred at most: an array that is copied at each change.
 *
 * <p>For what a session or a client has one or two of, and looks through at each step. A tree pays
 * only when there are many.
 */
@SuppressWarnings("deprecation") // the changes in place that every List has, and that throw here
public final class Few<E> extends AbstractList<E> implements PVector<E>, RandomAccess {
  private static final Few<Object> NONE = new Few<>(new Object[0]);

  private final Object[] elements;

  private Few(Object[] elements) {
    this.elements = elements;
  }

  @SuppressWarnings("unchecked") // it holds nothing
  public static <E> Few<E> none() {
    return (Few<E>) NONE;
  }

  public static <E> Few<E> of(E only) {
    return new Few<>(new Object[] {only});
  }

  public static <E> Few<E> from(Collection<? extends E> elements) {
    return elements.isEmpty() ? none() : new Few<>(elements.toArray());
  }

  @Override
  @SuppressWarnings("unchecked") // only elements get in
  public E get(int index) {
    return (E) elements[index];
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  public boolean isEmpty() {
    return elements.length == 0;
  }

  @Override
  public Object[] toArray() {
    return elements.clone();
  }

  @Override
  public Few<E> plus(E added) {
    Object[] more = Arrays.copyOf(elements, elements.length + 1);
    more[elements.length] = added;
    return new Few<>(more);
  }

  @Override
  public Few<E> with(int index, E other) {
    Object[] changed = elements.clone();
    changed[index] = other;
    return new Few<>(changed);
  }

  @Override
  public Few<E> minus(int index) {
    if (elements.length == 1 && index == 0) {
      return none();
    }
    Object[] less = new Object[elements.length - 1];
    System.arraycopy(elements, 0, less, 0, index);
    System.arraycopy(elements, index + 1, less, index, less.length - index);
    return new Few<>(less);
  }

  @Override
  public Few<E> minus(Object gone) {
    int index = indexOf(gone);
    return index < 0 ? this : minus(index);
  }

  @Override
  public Few<E> plusAll(Collection<? extends E> added) {
    return plusAll(elements.length, added);
  }

  @Override
  public Few<E> plus(int index, E added) {
    return plusAll(index, List.of(added));
  }

  @Override
  public Few<E> plusAll(int index, Collection<? extends E> added) {
    List<E> all = new ArrayList<>(this);
    all.addAll(index, added);
    return from(all);
  }

  @Override
  public Few<E> minusAll(Collection<?> gone) {
    Few<E> left = this;
    for (Object each : gone) {
      left = left.minus(each);
    }
    return left;
  }

  @Override
  public Few<E> subList(int from, int to) {
    return from == to ? none() : new Few<>(Arrays.copyOfRange(elements, from, to));
  }
}
