package dev.holdfast.protocol.server;

import dev.holdfast.protocol.codec.Codec;
import dev.holdfast.protocol.frame.Envelope;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.frame.Status;
import java.util.ArrayList;
import java.util.List;

/** What stands for everything up to a reset, newest first, within one frame. */
final class Snapshots {
  /** What a frame takes beside its runs, from above. */
  private static final long ENVELOPE_BYTES = 1_024;

  private Snapshots() {}

  static Status.Snapshot of(Draft d) {
    List<SnapshotRun> fitting = new ArrayList<>();
    long left = d.config.maxFrameBytes() - ENVELOPE_BYTES;
    for (SnapshotRun run : newestFirst(d)) {
      left -= size(run);
      if (left < 0) {
        return new Status.Snapshot(fitting, true);
      }
      fitting.add(run);
    }
    return new Status.Snapshot(fitting, false);
  }

  private static List<SnapshotRun> newestFirst(Draft d) {
    List<SnapshotRun> runs = new ArrayList<>();
    for (int i = d.runs.size() - 1; i >= 0; i--) {
      runs.add(d.runs.get(i).snapshot());
    }
    for (int i = d.remembered.size() - 1; i >= 0; i--) {
      runs.add(d.remembered.get(i));
    }
    return runs;
  }

  /** What a run takes on the wire: measured, as resets are rare. */
  private static long size(SnapshotRun run) {
    Frame alone = new Frame(Envelope.EMPTY, new Status.Snapshot(List.of(run), false));
    return Codec.encodeUtf8(alone).length;
  }
}
