package dev.holdfast.load;

import static io.gatling.javaapi.core.CoreDsl.global;

import java.net.URI;
import java.nio.file.Path;

/**
 * The smoke load for {@code mvn gatling:test}.
 *
 * <pre>
 * mvn -pl gatling gatling:test -Dholdfast.url=ws://127.0.0.1:8001/ws/chat
 * </pre>
 */
public final class SmokeSimulation extends LoadSimulation {
  static final String URL = "holdfast.url";
  static final String USERS = "holdfast.users";
  static final String DURATION = "holdfast.duration_ms";
  static final String FOLDER = "holdfast.out";

  public SmokeSimulation() {
    super(plan(), new LoadFiles(Path.of(System.getProperty(FOLDER, "target/holdfast-load"))));
    people().assertions(global().failedRequests().count().is(0L));
  }

  private static LoadPlan plan() {
    String url = System.getProperty(URL, "");
    if (url.isEmpty()) {
      throw new IllegalStateException(
          "which server? Say it with -D" + URL + "=ws://127.0.0.1:8001/ws/chat");
    }
    LoadPlan plan = LoadPlan.of(LoadProfile.SMOKE, URI.create(url));
    return plan.withUsers(Integer.getInteger(USERS, plan.users()))
        .lasting(Long.getLong(DURATION, plan.durationMs()));
  }

  @Override
  void over(Measured measured) {
    Broken broken = measured.firstBroken();
    System.out.printf(
        "%d conversations checked, %d broken%s%n",
        measured.result().conversationsChecked(),
        measured.result().conversationsBroken(),
        broken == null ? "" : "; the first: " + broken.person() + ", " + broken.evidence());
  }
}
