package dev.holdfast.cli.run;

import dev.holdfast.cli.config.Config;
import dev.holdfast.client.access.Access;
import dev.holdfast.protocol.Profile;
import dev.holdfast.scenarios.conformance.ReferenceTarget;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is judged: somebody's server, or the reference, started for the occasion.
 *
 * @param reference null when the server is somebody's
 * @param started null when it ran before
 */
public record Subject(
    Target target, @Nullable ReferenceTarget reference, @Nullable StartedServer started)
    implements AutoCloseable {

  /** What to say to an agent of which nothing is known: any words get a plain answer. */
  private static final String PLAIN = "Create a P1 story for test";

  /** The reference server in this JVM, on a free loopback port. */
  static Subject reference(Path auditDirectory) throws IOException {
    ReferenceTarget started =
        ReferenceTarget.start(
            () -> ServerOptions.builder().limits(ReferenceTarget.LIMITS), auditDirectory);
    return new Subject(started.target().speaking(Profile.CORE), started, null);
  }

  /** A server that runs already; it is judged by what was declared of it and nothing more. */
  static Subject theirs(URI url, Config config, Access access)
      throws IOException, InterruptedException {
    Map<Stimulus, String> stimuli = new EnumMap<>(Stimulus.class);
    stimuli.put(Stimulus.PLAIN, PLAIN);
    stimuli.putAll(config.stimuli());
    Config.More more = config.more();
    Target target =
        new Target(url, config.http(), more.profile(), more.capabilities(), stimuli)
            .answering(more.endpoints())
            .keeping(more.audit(), more.auditMapping())
            .saying(more.dialect())
            .reachedWith(access)
            .patientFor(more.patienceMs());
    if (more.start().isEmpty()) {
      return new Subject(target, null, null);
    }
    StartedServer server = StartedServer.start(url, more, access);
    return new Subject(target.restartedBy(server::restart), null, server);
  }

  /** The profiles in which it is judged: both for the reference, what is declared for others. */
  public List<Profile> profiles() {
    return isReference() ? List.of(Profile.values()) : List.of(target.profile());
  }

  public boolean isReference() {
    return reference != null;
  }

  @Override
  public void close() {
    if (reference != null) {
      reference.close();
    }
    if (started != null) {
      started.close();
    }
  }
}
