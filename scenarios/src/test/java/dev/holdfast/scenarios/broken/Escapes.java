package dev.holdfast.scenarios.broken;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The plays that no broken peer should get out of, each saying how it did, or nothing. What gets by
 * among many others is played again alone: a crowded machine bends delays, never what is wrong.
 */
public final class Escapes {
  private static final int TIMES_ALONE = 2;

  private Escapes() {}

  public static List<String> from(List<Callable<String>> plays, int atOneTime) throws Exception {
    List<String> escapes = new ArrayList<>();
    List<String> atFirst = new ArrayList<>();
    try (ExecutorService players = Executors.newFixedThreadPool(atOneTime)) {
      List<Future<String>> played = players.invokeAll(plays);
      for (int i = 0; i < plays.size(); i++) {
        String how = played.get(i).get();
        if (!how.isEmpty()) {
          atFirst.add(how.lines().findFirst().orElse(how));
        }
        for (int again = 0; again < TIMES_ALONE && !how.isEmpty(); again++) {
          how = plays.get(i).call();
        }
        if (!how.isEmpty()) {
          escapes.add(how);
        }
      }
    }
    System.out.println(plays.size() + " plays, got by in the crowd: " + atFirst);
    return escapes;
  }
}
