package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.SnapshotRun;
import org.jspecify.annotations.Nullable;

/**
 * A message id that was accepted once and for all.
 *
 * @param contentSha256 what it stood for: the same id with other content is a mistake
 * @param runId the one run that it started
 * @param result the run's result, once it ended
 * @param unseen whether that result was told over HTTP alone: no socket ever had a frame of it
 */
public record Claim(
    String contentSha256, String runId, @Nullable SnapshotRun result, boolean unseen) {

  /** Claimed by a message whose run has only begun. */
  static Claim begun(String contentSha256, String runId) {
    return new Claim(contentSha256, runId, null, false);
  }

  Claim ended(SnapshotRun how, boolean overHttpAlone) {
    return new Claim(contentSha256, runId, how, overHttpAlone);
  }

  Claim shown() {
    return new Claim(contentSha256, runId, result, false);
  }
}
