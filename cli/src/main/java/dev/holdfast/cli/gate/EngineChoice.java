package dev.holdfast.cli.gate;

import dev.holdfast.cli.run.UsageError;
import dev.holdfast.proxy.engine.ContainerEngine;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.ExternalEngine;
import dev.holdfast.proxy.engine.FaultEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whose proxy makes the faults; none is ever taken for another that is missing. */
public sealed interface EngineChoice {
  /** What may be written behind {@code --engine}. */
  String FORMS = "embedded|external[=URL|=PATH]|container[=IMAGE]";

  /** Holdfast's own, in this JVM. */
  record Embedded() implements EngineChoice {
    @Override
    public void refuseUnlessThere() {}

    @Override
    public FaultEngine start(long seed) throws IOException {
      return EmbeddedEngine.start(0, seed);
    }
  }

  /** A Toxiproxy that runs already. */
  record Attached(URI api) implements EngineChoice {
    @Override
    public void refuseUnlessThere() {
      try {
        ExternalEngine.connect(api).close();
      } catch (IOException e) {
        throw new UsageError("--engine external: " + e.getMessage());
      }
    }

    @Override
    public FaultEngine start(long seed) throws IOException {
      return ExternalEngine.connect(api);
    }
  }

  /** A Toxiproxy that is started for the occasion; an empty path means the search path. */
  record Launched(String path) implements EngineChoice {
    @Override
    public void refuseUnlessThere() {
      binary();
    }

    @Override
    public FaultEngine start(long seed) throws IOException {
      return ExternalEngine.launch(binary());
    }

    private Path binary() {
      if (path.isEmpty()) {
        return ExternalEngine.onPath()
            .orElseThrow(() ->
                new UsageError(
                    "--engine external: no "
                        + ExternalEngine.BINARY
                        + " on the PATH; install Toxiproxy, say external=PATH or external=URL,"
                        + " or use --engine embedded"));
      }
      if (!Files.isExecutable(Path.of(path))) {
        throw new UsageError("--engine external: " + path + " is no program that can be run");
      }
      return Path.of(path);
    }
  }

  /** A Toxiproxy in a container. */
  record Container(String image) implements EngineChoice {
    @Override
    public void refuseUnlessThere() {
      if (!ContainerEngine.available()) {
        throw new UsageError(
            "--engine container: no Docker answers; start it, or use --engine embedded");
      }
    }

    @Override
    public FaultEngine start(long seed) throws IOException {
      return ContainerEngine.start(image);
    }
  }

  /**
   * Says before a run what is missing for it.
   *
   * @throws UsageError if something is
   */
  void refuseUnlessThere();

  /** Starts it, or attaches to it; whoever calls closes it. */
  FaultEngine start(long seed) throws IOException;

  /** Reads one of {@link #FORMS}. */
  final class Reader implements ITypeConverter<EngineChoice> {
    @Override
    public EngineChoice convert(String text) {
      int at = text.indexOf('=');
      String kind = at < 0 ? text : text.substring(0, at);
      String where = at < 0 ? "" : text.substring(at + 1);
      return switch (kind) {
        case "embedded" -> new Embedded();
        case "external" -> where.contains("://") ? attached(where) : new Launched(where);
        case "container" -> new Container(where.isEmpty() ? ContainerEngine.IMAGE : where);
        default -> throw new TypeConversionException("'" + text + "' is not one of " + FORMS);
      };
    }

    private static EngineChoice attached(String url) {
      try {
        return new Attached(new URI(url));
      } catch (java.net.URISyntaxException e) {
        throw new TypeConversionException("'" + url + "' is no URL: " + e.getMessage());
      }
    }
  }
}
