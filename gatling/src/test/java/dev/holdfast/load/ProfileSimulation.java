package dev.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.global;

import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Any profile for {@code mvn gatling:test}; without a URL against the reference server in the same
 * JVM.
 *
 * <pre>
 * mvn -pl gatling -am -DskipTests package gatling:test
 * mvn -pl gatling -am -DskipTests package gatling:test -Dholdfast.url=ws://127.0.0.1:8001/ws/chat -Dholdfast.profile=steady
 * </pre>
 */
public final class ProfileSimulation extends LoadSimulation {
  static final String URL = "holdfast.url";
  static final String PROFILE = "holdfast.profile";
  static final String MODEL = "holdfast.model";
  static final String MIX = "holdfast.mix";
  static final String USERS = "holdfast.users";
  static final String DURATION = "holdfast.duration_ms";
  static final String FOLDER = "holdfast.out";

  private final @Nullable ReferenceServer reference;

  public ProfileSimulation() throws IOException {
    this(System.getProperty(URL, "").isEmpty() ? started() : null);
  }

  private ProfileSimulation(@Nullable ReferenceServer reference) {
    super(
        plan(reference),
        new LoadFiles(Path.of(System.getProperty(FOLDER, "target/holdfast-load"))));
    this.reference = reference;
    people().assertions(global().failedRequests().count().is(0L));
  }

  private static ReferenceServer started() throws IOException {
    return ReferenceServer.start(ServerOptions.builder().build());
  }

  private static LoadPlan plan(@Nullable ReferenceServer reference) {
    String word = System.getProperty(PROFILE, LoadProfile.SMOKE.word());
    LoadProfile profile =
        LoadProfile.of(word)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "no profile is called " + word + "; there are " + LoadProfile.words()));
    LoadPlan plan = against(profile, reference);
    String model = System.getProperty(MODEL, plan.model());
    String mix = System.getProperty(MIX, plan.mix().text());
    return plan.withModel(isOpen(model))
        .withMix(Mix.parse(mix))
        .withUsers(Integer.getInteger(USERS, plan.users()))
        .lasting(Long.getLong(DURATION, plan.durationMs()));
  }

  static boolean isOpen(String model) {
    return switch (model) {
      case "open" -> true;
      case "closed" -> false;
      default -> throw new IllegalArgumentException("a model is open or closed, not " + model);
    };
  }

  private static LoadPlan against(LoadProfile profile, @Nullable ReferenceServer reference) {
    return reference == null
        ? LoadPlan.of(profile, URI.create(System.getProperty(URL, "")))
        : LoadPlan.of(profile, URI.create(reference.wsUrl()))
            .withHttp(URI.create(reference.httpUrl()))
            .withResume(true)
            .streaming("#agent tokens=20\nTell me a story")
            .withMix(Mix.parse("talk=60,stream=15,idle=10,drop=10,poll=5"));
  }

  @Override
  void over(Measured measured) {
    Broken broken = measured.firstBroken();
    System.out.printf(
        "%d conversations checked, %d broken%s%n",
        measured.conversationsChecked(),
        measured.conversationsBroken(),
        broken == null ? "" : "; the first: " + broken.person() + ", " + broken.evidence());
    if (reference != null) {
      reference.close();
    }
  }
}
