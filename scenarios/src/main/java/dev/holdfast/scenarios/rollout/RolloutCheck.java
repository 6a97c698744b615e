package dev.holdfast.scenarios.rollout;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a flag lets in the right share of the users, always the same ones, and only adds. */
public final class RolloutCheck {
  /** A fair lot falls outside the bounds once in a million times. */
  public static final double CHANCE = 1e-6;

  /** The steps of a rollout, in percent of the users. */
  public static final List<Double> STEPS = List.of(1.0, 10.0, 25.0, 50.0, 100.0);

  /** A flag that can be set, and a server that can be started anew. */
  public interface Flag extends Transports {
    void set(double percent) throws IOException, InterruptedException;

    /** Ends the process that answers and starts another with the same settings. */
    void restart() throws IOException, InterruptedException;
  }

  /** One share as asked for and as counted, and what a fair lot may give. */
  public record Share(double percent, int in, int users, BinomialBounds bounds) {
    public boolean fair() {
      return bounds.include(in);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d of %d users are in at %s %%; a fair lot gives %d to %d",
          in,
          users,
          percentWord(percent),
          bounds.low(),
          bounds.high());
    }
  }

  /**
   * What was found; each violation is null where there is none.
   *
   * @param sticky a user whose answer changed at one percentage
   * @param session a user whose answer hung on the session
   * @param monotonic a user whom a raise put out
   */
  public record Result(
      List<Share> shares,
      @Nullable String sticky,
      @Nullable String session,
      @Nullable String monotonic) {
    public List<Share> unfair() {
      return shares.stream().filter(share -> !share.fair()).toList();
    }
  }

  private final Census census;

  public RolloutCheck(Census census) {
    this.census = census;
  }

  /** Raises the flag step by step; in the middle the answering process is started anew. */
  public Result raise(Flag flag) throws IOException, InterruptedException {
    var shares = new java.util.ArrayList<Share>();
    String sticky = null;
    String session = null;
    String monotonic = null;
    BitSet before = new BitSet();
    for (double percent : STEPS) {
      flag.set(percent);
      BitSet in = census.take(flag, "a");
      shares.add(share(percent, in));
      monotonic = first(monotonic, missing(before, in, "out again at " + percentWord(percent)));
      if (percent == STEPS.get(STEPS.size() / 2)) {
        session = differing(in, census.take(flag, "b"), "another answer in another session");
        flag.restart();
        sticky = differing(in, census.take(flag, "a"), "another answer after a restart");
      }
      before = in;
    }
    return new Result(List.copyOf(shares), sticky, session, monotonic);
  }

  /** Asks at the percentage that stands, for a flag that only its owner may set. */
  public Result asIs(double percent, Transports transports)
      throws IOException, InterruptedException {
    BitSet in = census.take(transports, "a");
    return new Result(
        List.of(share(percent, in)),
        differing(in, census.take(transports, "a"), "another answer when asked again"),
        differing(in, census.take(transports, "b"), "another answer in another session"),
        null);
  }

  private Share share(double percent, BitSet in) {
    int users = census.users();
    return new Share(
        percent, in.cardinality(), users, BinomialBounds.of(users, percent / 100, CHANCE));
  }

  private @Nullable String missing(BitSet before, BitSet in, String what) {
    BitSet lost = (BitSet) before.clone();
    lost.andNot(in);
    return described(lost, what);
  }

  private @Nullable String differing(BitSet one, BitSet other, String what) {
    BitSet different = (BitSet) one.clone();
    different.xor(other);
    return described(different, what);
  }

  private @Nullable String described(BitSet users, String what) {
    return users.isEmpty()
        ? null
        : users.cardinality()
            + " users, the first "
            + census.user(users.nextSetBit(0))
            + ": "
            + what;
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private static String percentWord(double percent) {
    return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
  }
}
