package dev.holdfast.server.metrics;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Status;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long one session's runs let their person wait: from a message's receipt to what is sent
 * first, to the first piece of the answer, and to the end. Used on one event loop.
 */
public final class RunTimes {

  private static final class Waiting {
    private final long since;
    private boolean seen;
    private boolean streams;

    Waiting(long since) {
      this.since = since;
    }
  }

  private final ServerMetrics metrics;
  private final Map<String, Waiting> runs = new HashMap<>(2);

  public RunTimes(ServerMetrics metrics) {
    this.metrics = metrics;
  }

  /** A run was accepted; its message arrived at that time. */
  public void accepted(String runId, long arrivedNanos) {
    runs.put(runId, new Waiting(arrivedNanos));
  }

  /** A run is over, whether anybody was there to be told or not. */
  public void ended(String runId) {
    runs.remove(runId);
  }

  public void sent(Frame frame) {
    String runId = frame.envelope().runId();
    Waiting run = runId == null ? null : runs.get(runId);
    if (run == null) {
      return;
    }
    if (!run.seen && frame.body() instanceof Status.Processing) {
      run.seen = true;
      waited(run, ServerMetrics.Wait.FIRST_STATUS);
    } else if (!run.streams && isPiece(frame)) {
      run.streams = true;
      waited(run, ServerMetrics.Wait.FIRST_TOKEN);
    } else if (frame.endsRun()) {
      waited(run, ServerMetrics.Wait.TERMINAL);
    }
  }

  private void waited(Waiting run, ServerMetrics.Wait what) {
    metrics.waited(what, System.nanoTime() - run.since);
  }

  private static boolean isPiece(Frame frame) {
    Message.@Nullable Stream stream = frame.body() instanceof Message m ? m.stream() : null;
    return stream != null;
  }
}
