package dev.holdfast.scenarios.rollout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a flag lets in the right share of the users, always the same ones, and only adds. */
public final class RolloutCheck {
  /** A fair lot falls outside the bounds once in a million times. */
  public static final double CHANCE = 1e-6;

  /** The percentage of a flag of which nobody says where it stands. */
  public static final double UNSAID = -1;

  /** The steps of a rollout, in percent of the users. */
  public static final List<Double> STEPS = List.of(1.0, 10.0, 25.0, 50.0, 100.0);

  /**
   * How many are asked again after a restart at the shares but the middle one: at 1 % a lot drawn
   * anew would move ten of them.
   */
  private static final int ASKED_AGAIN = 500;

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

  /**
   * What all users were told at one moment.
   *
   * @param percent what the flag stood at, or {@link #UNSAID}
   * @param how what was different from the asking before: {@link #FIRST} or one of the others
   * @param in the numbers of the users who are on the WebSocket
   */
  public record Asked(double percent, String how, int users, BitSet in) {
    /** At a percentage that was not asked at before. */
    public static final String FIRST = "first";

    /** In other sessions. */
    public static final String SESSION = "another session";

    /** By a process that was started anew, or simply again. */
    public static final String AGAIN = "again";

    /** By a process that was started anew. */
    public static final String RESTARTED = "a restart";
  }

  /**
   * Raises the flag step by step; at each the answering process is started anew and asked again, in
   * the middle by everybody and in other sessions too.
   */
  public List<Asked> raise(Flag flag) throws IOException, InterruptedException {
    List<Asked> asked = new ArrayList<>();
    for (double percent : STEPS) {
      boolean middle = percent == STEPS.get(STEPS.size() / 2);
      flag.set(percent);
      asked.add(ask(census, flag, percent, "a", Asked.FIRST));
      if (middle) {
        asked.add(ask(census, flag, percent, "b", Asked.SESSION));
      }
      flag.restart();
      Census again = middle ? census : census.first(ASKED_AGAIN);
      asked.add(ask(again, flag, percent, "a", Asked.RESTARTED));
    }
    return List.copyOf(asked);
  }

  /** Asks at the percentage that stands, for a flag that only its owner may set. */
  public List<Asked> asIs(double percent, Transports transports)
      throws IOException, InterruptedException {
    return List.of(
        ask(census, transports, percent, "a", Asked.FIRST),
        ask(census, transports, percent, "a", Asked.AGAIN),
        ask(census, transports, percent, "b", Asked.SESSION));
  }

  private static Asked ask(
      Census census, Transports transports, double percent, String session, String how)
      throws IOException, InterruptedException {
    return new Asked(percent, how, census.users(), census.take(transports, session));
  }

  /** Judges what was answered; the same answers are always judged alike. */
  public Result judge(List<Asked> all) {
    List<Share> shares = new ArrayList<>();
    String sticky = null;
    String session = null;
    String monotonic = null;
    Asked before = null;
    for (Asked asked : all) {
      switch (asked.how()) {
        case Asked.FIRST -> {
          if (asked.percent() != UNSAID) {
            shares.add(share(asked));
          }
          monotonic = first(monotonic, before == null ? null : missing(before, asked));
          before = asked;
        }
        case Asked.SESSION -> session = first(session, differing(before, asked));
        default -> sticky = first(sticky, differing(before, asked));
      }
    }
    return new Result(List.copyOf(shares), sticky, session, monotonic);
  }

  private static Share share(Asked asked) {
    int users = asked.users();
    return new Share(
        asked.percent(),
        asked.in().cardinality(),
        users,
        BinomialBounds.of(users, asked.percent() / 100, CHANCE));
  }

  private @Nullable String missing(Asked before, Asked now) {
    BitSet lost = (BitSet) before.in().clone();
    lost.andNot(now.in());
    return described(lost, "out again at " + percentWord(now.percent()));
  }

  private @Nullable String differing(@Nullable Asked one, Asked other) {
    if (one == null) {
      throw new IllegalArgumentException("no users were asked about before " + other.how());
    }
    BitSet different = one.in().get(0, other.users());
    different.xor(other.in());
    String when =
        switch (other.how()) {
          case Asked.SESSION -> "in another session";
          case Asked.RESTARTED -> "after a restart";
          default -> "when asked again";
        };
    return described(different, "another answer " + when);
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
