package dev.holdfast.cli.checkclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reference client as a process: what it needs, and that nothing more is there to be read. */
class ReferenceClientTest {
  @Test
  void itsClassPathHasWhatItNeedsAndNoMore() {
    List<String> places = ReferenceClient.classPath().map(Object::toString).toList();
    List<String> wanted = List.of("client-sim", "protocol", "tyrus", "pcollections", "slf4j");
    assertEquals(wanted, wanted.stream().filter(w -> holds(places, w)).toList(), places::toString);
    assertEquals(wanted.size(), places.size(), places::toString);
  }

  private static boolean holds(List<String> places, String word) {
    return places.stream().anyMatch(place -> place.contains(word));
  }

  /** From its first word to its own exit; a class that is missing on its class path ends it. */
  @Tag("ci")
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void rehearsesToTheEnd() throws Exception {
    Rehearsal.play(List.of());
  }
}
