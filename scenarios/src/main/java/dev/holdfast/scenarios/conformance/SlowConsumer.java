package dev.holdfast.scenarios.conformance;

import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.scenarios.conformance.Finds.Inapplicable;
import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.Event;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a client that read nothing while it pinged.
 *
 * @param bytes of the frames that came once it read again
 * @param closed how its connection ended
 */
record SlowConsumer(long bytes, Event.@Nullable Closed closed) {
  private static final int PINGS = 150_000;
  private static final String FLOODED = "floods";

  /** More than the receive window of a peer that stopped reading and what it reads ahead. */
  private static final long WINDOW_BYTES = 256 << 10;

  /** No limit of a server is beyond this. */
  private static final long KEPT_BYTES = 16 << 20;

  /** The server wrote until the client's receive window was full. */
  static SlowConsumer unread(Bench b) throws Finds, InterruptedException {
    Talk talk = b.connect();
    talk.peer().stopsReading();
    boolean refused = !pings(b, talk);
    talk.peer().readsOn();
    Event.Closed closed = closed(talk);
    long bytes = talk.heard().stream().mapToLong(e -> e.text().length()).sum();
    SlowConsumer unread = new SlowConsumer(bytes, closed);
    unread.excuse(refused);
    return unread;
  }

  /** Whether all could be sent. */
  private static boolean pings(Bench b, Talk talk) {
    String padding = "x".repeat(100);
    for (int i = 0; i < PINGS; i++) {
      try {
        talk.peer().textUnlogged("{\"type\":\"ping\",\"id\":\"" + padding + i + "\",\"data\":{}}");
      } catch (IOException e) {
        b.log().note("c1", "after " + i + " pings nothing can be written: " + e.getMessage());
        return false;
      }
    }
    return true;
  }

  /** How the connection ended, or null when it stayed open. */
  private static Event.@Nullable Closed closed(Talk talk) throws Finds, InterruptedException {
    try {
      return talk.closed(3 * talk.patienceMs());
    } catch (Mismatch e) {
      return null;
    }
  }

  private static boolean wasFlooded(Event.Closed closed) {
    return closed.code() == 1006 && closed.reason().contains(FLOODED);
  }

  /** Where the window was not full, nothing is judged. */
  private void excuse(boolean refused) throws Finds {
    if (closed == null) {
      if (bytes < KEPT_BYTES) {
        throw new Unclear("the connection stayed open: the server's limit may be beyond this");
      }
      return;
    }
    if (closed.code() == CloseCode.SLOW_CONSUMER) {
      return;
    }
    if (closed.code() == 1006 && !wasFlooded(closed)) {
      throw refused
          ? new Inapplicable("the server reads no more from a client that does not read")
          : new Unclear("the connection ended without a close frame: " + Talk.describe(closed));
    }
    if (closed.code() == 1000 || closed.code() == 1001) {
      throw new Unclear(
          "the server ended the connection, but not for a limit: " + Talk.describe(closed));
    }
    if (closed.code() == CloseCode.RATE_LIMITED) {
      throw new Inapplicable("it ends a connection for the rate of its texts before that");
    }
    if (bytes < WINDOW_BYTES) {
      throw new Unclear(
          String.format(
              Locale.ROOT,
              "only %d bytes came: they may all have found room at the client",
              bytes));
    }
  }

  void isClosed() throws Mismatch {
    if (closed == null || wasFlooded(closed)) {
      throw new Mismatch("close 4002", "nothing: all that waited was kept and came");
    }
    if (closed.code() != CloseCode.SLOW_CONSUMER) {
      throw new Mismatch("close 4002", Talk.describe(closed));
    }
  }
}
