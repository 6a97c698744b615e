package dev.holdfast.protocol.server;

import dev.holdfast.protocol.frame.SnapshotRun;
import org.jspecify.annotations.Nullable;

/**
 * A message id that was accepted once and for all.
 *
 * @param contentSha256 what it stood for: the same id with other content is a mistake
 * @param runId the one run that it started
 * @param result the run's result, once it ended
 */
public record Claim(String contentSha256, String runId, @Nullable SnapshotRun result) {}
