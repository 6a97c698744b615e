package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.ExternalEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Whose proxy makes the faults. */
public enum EngineChoice {
  /** Holdfast's own, in this JVM. */
  EMBEDDED {
    @Override
    FaultEngine start(long seed) throws IOException {
      return EmbeddedEngine.start(0, seed);
    }
  },
  /** A Toxiproxy from the search path, started for the occasion. */
  EXTERNAL {
    @Override
    public void refuseUnlessThere() {
      binary();
    }

    @Override
    FaultEngine start(long seed) throws IOException {
      return ExternalEngine.launch(binary());
    }
  };

  /**
   * Says before a run what is missing for it.
   *
   * @throws UsageError if something is
   */
  public void refuseUnlessThere() {}

  abstract FaultEngine start(long seed) throws IOException;

  private static Path binary() {
    return ExternalEngine.onPath()
        .orElseThrow(() ->
            new UsageError(
                "--engine external: no "
                    + ExternalEngine.BINARY
                    + " on the PATH; install Toxiproxy, or use --engine embedded"));
  }

  /** The word for people. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
