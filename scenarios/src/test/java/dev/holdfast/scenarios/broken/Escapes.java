package dev.holdfast.scenarios.broken;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The plays that no broken peer should get out of, each saying how it did, or nothing. What gets by
 * among many others is played again alone and with more patience before it counts: a crowded
 * machine bends delays, never what is wrong.
 */
public final class Escapes {
  /** How many times the usual patience a play gets when it is alone, from the first such play. */
  public static final List<Integer> PATIENCE_ALONE = List.of(3, 6);

  private Escapes() {}

  /** A broken peer in front of a case. */
  @FunctionalInterface
  public interface Play {
    /**
     * Plays it once.
     *
     * @param patience how many times the usual patience to have, at least 1
     * @return how the peer got by, or nothing when it was caught
     * @throws Exception where the play itself went wrong
     */
    String how(int patience) throws Exception;
  }

  /**
   * Plays all, and says how those got by that were never caught.
   *
   * @param atOneTime how many are played side by side at first, at least 1
   * @throws Exception where a play went wrong
   */
  public static List<String> from(List<Play> plays, int atOneTime) throws Exception {
    long began = System.nanoTime();
    Map<Play, String> loose = sideBySide(plays, atOneTime);
    List<String> inTheCrowd = loose.values().stream().map(Escapes::firstLine).toList();
    long crowded = System.nanoTime();
    for (int patience : PATIENCE_ALONE) {
      for (Play play : List.copyOf(loose.keySet())) {
        loose.put(play, play.how(patience));
      }
      loose.values().removeIf(String::isEmpty);
    }
    System.out.printf(
        Locale.ROOT,
        "%d plays in %d s, then %d s alone for those that got by in the crowd: %s%n",
        plays.size(),
        Duration.ofNanos(crowded - began).toSeconds(),
        Duration.ofNanos(System.nanoTime() - crowded).toSeconds(),
        inTheCrowd);
    return List.copyOf(loose.values());
  }

  private static Map<Play, String> sideBySide(List<Play> plays, int atOneTime) throws Exception {
    Map<Play, String> loose = new LinkedHashMap<>();
    try (ExecutorService players = Executors.newFixedThreadPool(atOneTime)) {
      List<Future<String>> played = new ArrayList<>();
      for (Play play : plays) {
        played.add(players.submit(() -> play.how(1)));
      }
      for (int i = 0; i < plays.size(); i++) {
        String how = played.get(i).get();
        if (!how.isEmpty()) {
          loose.put(plays.get(i), how);
        }
      }
    }
    return loose;
  }

  private static String firstLine(String how) {
    return how.lines().findFirst().orElse(how);
  }
}
