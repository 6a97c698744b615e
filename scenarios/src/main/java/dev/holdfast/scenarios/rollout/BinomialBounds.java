package dev.holdfast.scenarios.rollout;

/**
 * How many of a number of users a fair lot lets in: the counts between which all but a given chance
 * lies, half of that chance beyond either end.
 */
public record BinomialBounds(int low, int high) {

  /**
   * The bounds for a lot among so many users.
   *
   * @param users how many are drawn
   * @param share each one's chance, from 0 to 1
   * @param chance of a fair lot to lie outside, such as 1e-6
   */
  public static BinomialBounds of(int users, double share, double chance) {
    if (users < 1 || !(share >= 0 && share <= 1) || !(chance > 0 && chance < 1)) {
      throw new IllegalArgumentException("users >= 1, 0 <= share <= 1, 0 < chance < 1");
    }
    if (share == 0 || share == 1) {
      int certain = share == 0 ? 0 : users;
      return new BinomialBounds(certain, certain);
    }
    int low = lowest(users, share, chance / 2);
    return new BinomialBounds(low, users - lowest(users, 1 - share, chance / 2));
  }

  public boolean include(int count) {
    return low <= count && count <= high;
  }

  /** The least count such that all lower ones together have at most this chance. */
  private static int lowest(int users, double share, double tail) {
    double odds = Math.log(share) - Math.log1p(-share);
    double log = users * Math.log1p(-share); // of the chance that nobody is in
    double below = 0;
    for (int count = 0; ; count++) {
      below += Math.exp(log);
      if (below > tail) {
        return count;
      }
      log += Math.log(users - count) - Math.log(count + 1.0) + odds;
    }
  }
}
