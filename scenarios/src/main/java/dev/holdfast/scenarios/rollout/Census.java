package dev.holdfast.scenarios.rollout;

import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Who is let in, of so many simulated users. */
public final class Census {
  /** Users asked for at one time. */
  private static final int SIDE_BY_SIDE = 8;

  private final String prefix;
  private final int users;

  /**
   * A census of so many simulated users.
   *
   * @param prefix of the user ids, so that two censuses ask for the same people or for others
   */
  public Census(String prefix, int users) {
    this.prefix = prefix;
    this.users = users;
  }

  /** The same, of its first users only. */
  Census first(int most) {
    return new Census(prefix, Math.min(users, most));
  }

  public int users() {
    return users;
  }

  public String user(int number) {
    return prefix + "-" + number;
  }

  /** Asks for everybody; the bits of those who are in. */
  public BitSet take(Transports transports, String sessionPrefix)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking = new ExecutorCompletionService<BitSet>(threads);
      for (int first = 0; first < SIDE_BY_SIDE; first++) {
        int start = first;
        asking.submit(() -> part(transports, sessionPrefix, start));
      }
      BitSet in = new BitSet(users);
      try {
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
          in.or(asking.take().get());
        }
      } catch (ExecutionException e) {
        threads.shutdownNow();
        throw new IOException("cannot ask who is in: " + said(e), e);
      } catch (InterruptedException e) {
        threads.shutdownNow();
        throw e;
      }
      return in;
    }
  }

  private static String said(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause instanceof IOException && cause.getMessage() != null
        ? cause.getMessage()
        : String.valueOf(cause);
  }

  private BitSet part(Transports transports, String sessionPrefix, int first)
      throws IOException, InterruptedException {
    BitSet in = new BitSet(users);
    for (int i = first; i < users; i += SIDE_BY_SIDE) {
      in.set(i, transports.websocket(user(i), sessionPrefix + "-" + i));
    }
    return in;
  }
}
