package dev.holdfast.server.misbehaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MisbehaviourTest {
  private static final List<String> GOOD = Showcase.of(UnaryOperator.identity());

  static List<Misbehaviour> all() {
    return Misbehaviour.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void showsInAConversation(Misbehaviour misbehaviour) {
    if (misbehaviour.name().equals("dies-of-bad-frame")) {
      var wrapper = misbehaviour.wrapper();
      assertThrows(IllegalStateException.class, () -> Showcase.of(wrapper));
    } else {
      assertNotEquals(GOOD, Showcase.of(misbehaviour.wrapper()));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void isNamedAndExplained(Misbehaviour misbehaviour) {
    assertTrue(misbehaviour.name().matches("[a-z]+(-[a-z]+)*"), misbehaviour.name());
    assertTrue(misbehaviour.sentence().endsWith("."), misbehaviour.sentence());
    assertEquals(misbehaviour.wrapper(), Misbehaviour.named(misbehaviour.name()));
  }

  @Test
  void anUnknownNameIsToldWithThoseThereAre() {
    var unknown =
        assertThrows(IllegalArgumentException.class, () -> Misbehaviour.named("drops-queues"));
    assertTrue(unknown.toString().contains("drops-queue,"), unknown.toString());
  }

  @Test
  void theGoodServerPlaysTheSameTwice() {
    assertEquals(GOOD, Showcase.of(UnaryOperator.identity()));
  }
}
