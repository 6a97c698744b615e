package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadPlanTest {
  private static final URI URL = URI.create("ws://127.0.0.1:8001/ws/chat");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void everyProfileMakesAPlanThatSurvivesItsFile(LoadProfile profile) throws Exception {
    LoadPlan plan = LoadPlan.of(profile, URL).saying(List.of("hi", "ho")).withSeed(7);
    LoadFiles files = new LoadFiles(folder);

    files.write(plan);

    assertEquals(plan, files.readPlan());
    assertEquals(Optional.of(profile), LoadProfile.of(profile.word()));
  }

  /** At 30 ms an answer, as the reference's agent takes. */
  @Test
  void aSmokeSaysEnoughForItsNinetyNinthPercentile() {
    LoadPlan plan = LoadPlan.of(LoadProfile.SMOKE, URL);

    long messages = plan.users() * plan.durationMs() / (30 + plan.pace().ms());

    assertTrue(messages >= 1_500, () -> messages + " messages");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/", "ws:/chat", "chat"})
  void whatIsNoWebSocketUrlIsRefused(String url) {
    var thrown =
        assertThrows(
            IllegalArgumentException.class, () -> LoadPlan.of(LoadProfile.SMOKE, URI.create(url)));
    assertTrue(String.valueOf(thrown.getMessage()).contains("ws://"), thrown::toString);
  }

  @Test
  void nonsenseIsRefused() {
    LoadPlan plan = LoadPlan.of(LoadProfile.SMOKE, URL);

    assertThrows(IllegalArgumentException.class, () -> plan.withUsers(0));
    assertThrows(IllegalArgumentException.class, () -> plan.lasting(0));
    assertThrows(IllegalArgumentException.class, () -> plan.saying(List.of(" ")));
    assertThrows(IllegalArgumentException.class, () -> plan.withMessagesEach(0));
    assertThrows(IllegalArgumentException.class, () -> Pace.onSchedule(0));
  }

  @Test
  void anInjectorDialsItsOwnAddressOfTheSameTarget() {
    LoadPlan plan = LoadPlan.of(LoadProfile.SMOKE, URL).withVia("127.0.0.2");

    assertEquals(URI.create("ws://127.0.0.2:8001/ws/chat"), plan.dials());
    assertEquals(URL, plan.withVia(null).dials());
    assertEquals(URL, plan.url());
  }

  @Test
  void theCommandToDoItAgainLeavesNothingOut() {
    LoadPlan plan =
        LoadPlan.of(LoadProfile.STEADY, URL)
            .lasting(1_500)
            .withSeed(7)
            .withShare(new Share(1, 3, 9));

    assertEquals(
        "./holdfast load ws://127.0.0.1:8001/ws/chat --profile steady --model open --users 100"
            + " --duration 1500ms --mix talk=1 --seed 7 --injectors 3",
        plan.command());
    assertTrue(
        plan.withAgain("./holdfast load --config my.yaml")
            .command()
            .startsWith("./holdfast load --config my.yaml --profile steady "));
  }
}
