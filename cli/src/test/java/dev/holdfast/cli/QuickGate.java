package dev.holdfast.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A quick gate on the reference, played once for all tests that look at what it leaves behind. */
final class QuickGate {
  private static @Nullable QuickGate played;

  private final Path bundle;
  private final Spoken spoken;

  private QuickGate(Path bundle, Spoken spoken) {
    this.bundle = bundle;
    this.spoken = spoken;
  }

  static synchronized QuickGate played() {
    if (played == null) {
      try {
        Path bundle = Files.createTempDirectory("holdfast-quick-gate").resolve("bundle");
        played = new QuickGate(bundle, Spoken.by("gate", "--quick", "--out", bundle.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return played;
  }

  Path bundle() {
    return bundle;
  }

  Spoken spoken() {
    return spoken;
  }
}
