package dev.holdfast.scenarios.conformance;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many random bits there are in session ids that a server minted one after another.
 *
 * <p>A counter, a clock, a host's address or a constant leaves most characters the same from one id to
 * the next. So only the places where the ids differ count, each with the characters that were seen
 * in such places: 31 of 16 in a UUID of version 4, 22 of 64 in sixteen bytes in base64url.
 */
final class MintedIds {
  /** A UUID of version 4 has 122 random bits, and is what most people mean by 128. */
  private static final int ENOUGH_BITS = 120;

  private MintedIds() {}

  /**
   * What is wrong with ids, or null where 128 random bits may be in them.
   *
   * @param ids in the order in which they were minted, at least two; eight make a good estimate
   */
  static @Nullable String complaint(List<String> ids) {
    if (new HashSet<>(ids).size() < ids.size()) {
      return "the same session id for two connections";
    }
    long bits = Math.round(randomBits(ids));
    if (bits >= ENOUGH_BITS) {
      return null;
    }
    String like = rising(ids) ? ", rising like a clock or a counter" : "";
    return "ids that differ in " + bits + " bits only" + like;
  }

  /** Places where the ids differ, times the bits that one character of them can hold. */
  static double randomBits(List<String> ids) {
    int length = ids.stream().mapToInt(String::length).min().orElse(0);
    Set<Character> seen = new HashSet<>();
    int places = 0;
    for (int i = 0; i < length; i++) {
      Set<Character> here = new HashSet<>();
      for (String id : ids) {
        here.add(id.charAt(i));
      }
      if (here.size() > 1) {
        places++;
        seen.addAll(here);
      }
    }
    return places * Math.log(Math.max(1, seen.size())) / Math.log(2);
  }

  private static boolean rising(List<String> ids) {
    for (int i = 1; i < ids.size(); i++) {
      if (ids.get(i - 1).compareTo(ids.get(i)) >= 0) {
        return false;
      }
    }
    return true;
  }
}
