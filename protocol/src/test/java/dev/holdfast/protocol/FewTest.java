package dev.holdfast.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

final class FewTest {
  private static final int CHANGES = 20_000;
  private static final int MOST = 8;

  @Test
  void changesAsTheTreeDoes() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    PVector<Integer> few = Few.none();
    PVector<Integer> tree = TreePVector.empty();
    for (int i = 0; i < CHANGES; i++) {
      int what = random.nextInt(10);
      int at = random.nextInt(few.size() + 1);
      int value = random.nextInt(MOST);
      PVector<Integer> before = few;
      List<Integer> copy = List.copyOf(few);
      few = changed(few, what, at, value);
      tree = changed(tree, what, at, value);
      assertEquals(tree, few);
      assertEquals(few, tree);
      assertEquals(tree.hashCode(), few.hashCode());
      assertEquals(copy, before);
    }
  }

  private static PVector<Integer> changed(PVector<Integer> list, int what, int at, int value) {
    if (list.size() >= MOST) {
      return list.subList(at / 2, at / 2 + 1);
    }
    return switch (what) {
      case 0, 1, 2 -> list.plus(value);
      case 3 -> list.plus(at, value);
      case 4 -> list.plusAll(List.of(value, at));
      case 5 -> list.plusAll(at, List.of(value, value));
      case 6 -> list.minus((Object) value);
      case 7 -> list.minusAll(List.of(value, at));
      case 8 -> at < list.size() ? list.with(at, value) : list;
      default -> at < list.size() ? list.minus(at) : list;
    };
  }

  @Test
  void isTheSameWhereNothingChanges() {
    PVector<String> one = Few.of("a");
    assertSame(one, one.minus("b"));
    assertSame(Few.none(), one.minus(0));
  }

  @Test
  void cannotBeChangedInPlace() {
    List<String> one = Few.of("a");
    assertThrows(UnsupportedOperationException.class, () -> one.add("b"));
    assertThrows(UnsupportedOperationException.class, () -> one.remove("a"));
    assertThrows(UnsupportedOperationException.class, one::clear);
  }
}
