package dev.holdfast.proxy.contract;

import dev.holdfast.proxy.engine.ContainerEngine;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.ExternalEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** The engines that the suite runs over, each started once and ended with the JVM. */
public final class Engines {
  /** Who holds it has the engine alone: a reset is everybody's. */
  public static final String LOCK = "engine";

  private Engines() {}

  public static FaultEngine embedded() {
    return Embedded.ENGINE;
  }

  /** The real Toxiproxy, or a loud skip that says how to have it. */
  public static FaultEngine external() {
    Optional<Path> binary = toxiproxy();
    Tools.require(
        binary.isPresent(),
        "no Toxiproxy: set HOLDFAST_TOXIPROXY to its binary, or put "
            + ExternalEngine.BINARY
            + " on the PATH");
    return External.ENGINE;
  }

  /** Toxiproxy in a container, or a loud skip that says what is missing. */
  public static FaultEngine container() {
    boolean docker = DockerClientFactory.instance().isDockerAvailable();
    Tools.require(docker, "no Docker: start dockerd, with an image " + ContainerEngine.IMAGE);
    return Container.ENGINE;
  }

  private static Optional<Path> toxiproxy() {
    String named = System.getenv("HOLDFAST_TOXIPROXY");
    return named == null ? ExternalEngine.onPath() : Optional.of(Path.of(named));
  }

  /** Starts an engine, or says why not. */
  private interface Start {
    FaultEngine engine() throws IOException;
  }

  private static FaultEngine once(Start start) {
    try {
      FaultEngine engine = start.engine();
      Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
      return engine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Embedded {
    static final FaultEngine ENGINE = once(() -> EmbeddedEngine.start(0, 1));
  }

  private static final class External {
    static final FaultEngine ENGINE = once(() -> ExternalEngine.launch(toxiproxy().orElseThrow()));
  }

  private static final class Container {
    static final FaultEngine ENGINE = once(ContainerEngine::start);
  }
}
