package dev.holdfast.load;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.LoadResult;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every shape of load, small and short; all of them side by side, for most of the time passes. */
@Tag("ci")
class ProfilesTest {
  private static final int PEOPLE = 10;
  private static final long DURATION_MS = 6_000;

  private static final Map<LoadProfile, CompletableFuture<LoadOutcome>> LOADS =
      new EnumMap<>(LoadProfile.class);

  @TempDir static Path folder;

  @BeforeAll
  static void begin() {
    for (LoadProfile profile : LoadProfile.values()) {
      LOADS.put(
          profile, CompletableFuture.supplyAsync(() -> play(profile), Thread::startVirtualThread));
    }
  }

  private static LoadOutcome play(LoadProfile profile) {
    try (Restarted server = new Restarted()) {
      LoadPlan plan =
          LoadPlan.of(profile, URI.create(server.now.wsUrl()))
              .withUsers(PEOPLE)
              .lasting(DURATION_MS)
              .withPace(new Pace(profile != LoadProfile.SMOKE, 200))
              .withMessagesEach(profile == LoadProfile.SOAK ? 5 : 100);
      if (profile == LoadProfile.STORM) {
        plan = plan.lasting(DURATION_MS * 3 / 2).withRestart();
      }
      Path own = folder.resolve(profile.word());
      return LoadRun.run(LoadRun.split(plan, 1, 0), server, Progress.SILENT, own);
    } catch (IOException | InterruptedException e) {
      throw new CompletionException(e);
    }
  }

  private static LoadResult held(LoadProfile profile) {
    LoadOutcome outcome = requireNonNull(LOADS.get(profile)).join();
    assertEquals(List.of(), outcome.problems());
    LoadResult result = requireNonNull(outcome.result());
    assertEquals(0, result.conversationsBroken(), outcome.findings()::toString);
    assertTrue(result.conversationsChecked() > 0, result::toString);
    assertEquals(profile.word(), result.profile());
    return result;
  }

  /** The most that were connected at the end of an interval of this part of the load. */
  private static int most(LoadResult result, double from, double to) {
    return result.series().stream()
        .filter(p -> p.atMs() > from * DURATION_MS && p.atMs() <= to * DURATION_MS)
        .mapToInt(LoadPoint::connections)
        .max()
        .orElse(0);
  }

  @Test
  void smokeIsThereAtOnce() {
    assertTrue(held(LoadProfile.SMOKE).messages() > 50);
  }

  @Test
  void steadyComesAndStays() {
    LoadResult result = held(LoadProfile.STEADY);

    assertTrue(most(result, 0, 1) >= PEOPLE - 2, result::toString);
    assertEquals(0, result.failedAttempts());
  }

  @Test
  void aSpikeIsThereForTheMiddleThird() {
    LoadResult result = held(LoadProfile.SPIKE);

    assertTrue(most(result, 0, 0.3) <= 1, result::toString);
    assertTrue(most(result, 0.3, 1) >= PEOPLE / 2, result::toString);
  }

  @Test
  void aSoakComesAndGoes() {
    LoadResult result = held(LoadProfile.SOAK);

    assertTrue(result.attempts() > PEOPLE, "each comes for one conversation: " + result);
    assertEquals(0, result.reconnects());
  }

  @Test
  void aStormTakesEverybodysConnectionAndTheyComeBack() {
    LoadResult result = held(LoadProfile.STORM);

    assertTrue(result.reconnects() > 0, result::toString);
    assertFalse(result.spread().isEmpty());
    Finding back = requireNonNull(LOADS.get(LoadProfile.STORM)).join().findings().getLast();
    assertEquals("load/everybody-comes-back", back.address());
    assertEquals(Verdict.PASS, back.verdict(), back::toString);
  }

  /** Stopped and started again on its port when a storm is due. */
  private static final class Restarted implements LoadRun.Storm, AutoCloseable {
    private ReferenceServer now = start(0);

    Restarted() throws IOException {}

    private static ReferenceServer start(int port) throws IOException {
      return ReferenceServer.start(ServerOptions.builder().port(port).drainMs(200).build());
    }

    @Override
    public void breaks() throws IOException {
      int port = now.port();
      now.stop();
      now = start(port);
    }

    @Override
    public void close() {
      now.close();
    }
  }
}
