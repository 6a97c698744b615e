package dev.holdfast.scenarios.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.scenarios.check.Checker.Truth;
import dev.holdfast.scenarios.rollout.KillSwitchDrill.Outcome;
import dev.holdfast.scenarios.rollout.KillSwitchDrill.Switch;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import dev.holdfast.server.agent.Agent;
import dev.holdfast.server.misbehaviour.Misbehaviour;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KillSwitchDrillTest {
  private static final int TIMES_AGAIN = 5;

  private static Outcome play(ServerOptions.Builder options, Profile profile, boolean works)
      throws IOException, InterruptedException {
    return play(options, profile, works, enabled -> {});
  }

  private static Outcome play(
      ServerOptions.Builder options, Profile profile, boolean works, Consumer<Boolean> told)
      throws IOException, InterruptedException {
    try (ReferenceServer server =
        ReferenceServer.start(options.drainMs(KillSwitchDrill.DRAIN_MS).build())) {
      HttpTransports admin = new HttpTransports(URI.create(server.httpUrl()));
      Switch flag =
          enabled -> {
            told.accept(enabled);
            admin.set(enabled || !works, 100);
          };
      return new KillSwitchDrill(
              URI.create(server.wsUrl()),
              URI.create(server.httpUrl()),
              profile,
              works ? 600_000 : 2_000)
          .play(6, flag, "ana", 1);
    }
  }

  /** On a busy machine a run may be over before the switch is turned: then it is played again. */
  private static Outcome playedUntilAllAreCut(ServerOptions.Builder options, Profile profile)
      throws IOException, InterruptedException {
    Outcome outcome = play(options, profile, true);
    for (int again = 0; again < TIMES_AGAIN && !outcome.uncut().isEmpty(); again++) {
      outcome = play(options, profile, true);
    }
    return outcome;
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void nobodyLosesAWordAndEverybodyComesBack(Profile profile) throws Exception {
    Outcome outcome = playedUntilAllAreCut(ServerOptions.builder(), profile);
    outcome
        .judged()
        .forEach((judge, judged) -> assertEquals(Truth.TRUE, judged.truth(), judged::evidence));
    assertTrue(outcome.stranded().isEmpty(), outcome.stranded()::toString);
    assertTrue(outcome.lost().isEmpty(), outcome.lost()::toString);
    assertEquals("", outcome.differing());
    assertTrue(outcome.uncut().isEmpty(), outcome.uncut()::toString);
  }

  @Test
  void aSwitchThatDoesNothingIsFound() throws Exception {
    assertFalse(play(ServerOptions.builder(), Profile.CORE, false).stranded().isEmpty());
  }

  @Test
  void aServerThatLosesWhatIsUnderWayIsFound() throws Exception {
    Outcome outcome =
        playedUntilAllAreCut(
            ServerOptions.builder().misbehaviour(Misbehaviour.named("forgets-ids")),
            Profile.RESUME);
    assertTrue(
        outcome.judged().values().stream().anyMatch(judged -> judged.truth() == Truth.FALSE),
        outcome.judged()::toString);
  }

  /** As before while the WebSocket is off, and something else once it is on again. */
  @Test
  void whoHasHttpOnlyAndIsAnsweredOtherwiseIsFound() throws Exception {
    AtomicBoolean wasOff = new AtomicBoolean();
    AtomicBoolean onAgain = new AtomicBoolean();
    Agent fickle =
        (request, sink) -> {
          String more = onAgain.get() ? " and more" : "";
          sink.accept(new AgentEvent.Answer(request.content() + more, List.of()));
          return () -> {};
        };
    Outcome outcome =
        play(
            ServerOptions.builder().agent(fickle),
            Profile.RESUME,
            true,
            enabled -> {
              onAgain.set(enabled && wasOff.get());
              wasOff.set(!enabled);
            });
    assertTrue(
        outcome
            .differing()
            .contains("'before' while it was on, and 'before and more' when it was on again"),
        outcome::differing);
  }

  /** An agent without an answer begins no run: no user is in one when the switch is turned. */
  @Test
  void withoutARunNothingIsProven() throws Exception {
    Agent silent = (request, sink) -> () -> {};
    ServerOptions.Builder options = ServerOptions.builder().agent(silent);
    Outcome outcome = play(options, Profile.CORE, false);

    assertEquals("no user was in a run when WebSockets were switched off", outcome.unproven());
  }

  /** A run that was over before the switch shows nothing of what is lost in the middle of one. */
  @Test
  void whoeverWasNotCutIsNamed() throws Exception {
    Agent quick =
        (request, sink) -> {
          sink.accept(new AgentEvent.Answer(request.content(), List.of()));
          return () -> {};
        };
    Outcome outcome = play(ServerOptions.builder().agent(quick), Profile.RESUME, true);

    assertEquals(6, outcome.uncut().size(), outcome.uncut()::toString);
    assertEquals("", outcome.unproven());
    assertEquals("", outcome.differing());
  }
}
