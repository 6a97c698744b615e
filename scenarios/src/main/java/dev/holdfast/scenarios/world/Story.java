package dev.holdfast.scenarios.world;

import dev.holdfast.protocol.Profile;
import java.util.List;

/**
 * A story of the simulated world as plain data: leave out a person, a deed or a fault, and it is a
 * story still. Times are milliseconds from the beginning.
 *
 * @param seed of all chance in the world; the story itself needs none
 * @param padded whether it goes on until enough was said and some fault has struck
 */
public record Story(
    long seed,
    Profile profile,
    Ground ground,
    List<Person> people,
    List<Ill> faults,
    boolean padded) {

  public Story {
    people = List.copyOf(people);
    faults = List.copyOf(faults);
  }

  /**
   * What the world is like while nothing goes wrong; milliseconds, frames and bytes.
   *
   * @param driftPpm how far apart the clocks of two machines run, in millionths
   */
  public record Ground(
      int servers,
      String store,
      long delayMs,
      long jitterMs,
      int driftPpm,
      int outboundLimit,
      long reconnectBaseMs,
      long reconnectCapMs,
      long reconnectJitterMs,
      int maxAttempts,
      long heartbeatMs,
      long pongTimeoutMs,
      int queueLimit,
      int unackedLimit,
      boolean asksTransport,
      long resumeTtlMs,
      int replayFrames,
      long runTimeoutMs,
      int pendingRuns) {}

  /**
   * Somebody in a session, with what they do, oldest first.
   *
   * @param session its name; one that begins with {@link #SHARED} is shared by all tabs of it, who
   *     know of each other and are spoken to first
   */
  public record Person(String name, String session, List<Deed> deeds) {
    public static final String SHARED = "together-";

    /** Whether all tabs of the session are in it at once. */
    public boolean shares() {
      return session.startsWith(SHARED);
    }

    public Person {
      deeds = List.copyOf(deeds);
    }
  }

  /** One thing that a person does. */
  public sealed interface Deed {
    long atMs();

    /** The same at another time. */
    default Deed at(long ms) {
      return switch (this) {
        case Say s -> new Say(ms, s.content());
        case Cancel c -> new Cancel(ms);
        case Offline o -> new Offline(ms);
        case Online o -> new Online(ms);
        case Disconnect d -> new Disconnect(ms);
        case Connect c -> new Connect(ms);
        case Retry r -> new Retry(ms);
        case OpenTab o -> new OpenTab(ms);
        case Push p -> new Push(ms, p.content(), p.times());
        case CloseTab c -> new CloseTab(ms);
      };
    }

    /** Says something; the agent understands a first line {@code #agent …}. */
    record Say(long atMs, String content) implements Deed {}

    /** Wants the newest run stopped. */
    record Cancel(long atMs) implements Deed {}

    record Offline(long atMs) implements Deed {}

    record Online(long atMs) implements Deed {}

    record Disconnect(long atMs) implements Deed {}

    record Connect(long atMs) implements Deed {}

    record Retry(long atMs) implements Deed {}

    /** Opens another tab of the session and goes on there. */
    record OpenTab(long atMs) implements Deed {}

    /**
     * The agent speaks first, asked by an administrator.
     *
     * @param times how often the same push is asked for
     */
    record Push(long atMs, String content, int times) implements Deed {}

    /** Closes the tab, if it is not the only one. */
    record CloseTab(long atMs) implements Deed {}
  }

  /**
   * A fault and when it strikes.
   *
   * @param forMs how long it lasts, where it lasts
   * @param who the person whose links it strikes, from 0; -1 for everybody's
   * @param size how bad it is; each kind reads it in its own way
   */
  public record Ill(FaultKind kind, long atMs, long forMs, int who, long size) {}
}
