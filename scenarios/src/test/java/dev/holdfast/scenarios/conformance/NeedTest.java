package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Endpoint;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A case whose need is not declared is not applicable, and says what to declare. */
class NeedTest {
  private static final URI NOWHERE = URI.create("ws://127.0.0.1:9/ws/chat");
  private static final Target SILENT =
      new Target(NOWHERE, null, Profile.CORE, Set.of(), Map.of(Stimulus.PLAIN, "hi"));
  private static final Target TELLING =
      Target.scripted(NOWHERE, Target.httpBeside(NOWHERE), Profile.CORE)
          .offering(Set.of("tokens", "cancel", "sync", "presence", "push"))
          .keeping(Path.of("audit"))
          .restartedBy(environment -> {});

  @ParameterizedTest
  @EnumSource(Need.class)
  void isMetByWhatWasDeclared(Need need) {
    assertTrue(need.metBy(TELLING, Pace.STANDARD.slowToo()));
    assertFalse(need.metBy(SILENT, Pace.STANDARD));
  }

  @ParameterizedTest
  @EnumSource(Need.class)
  void saysWhatToDeclare(Need need) throws InterruptedException {
    List<Case> wanting = ServerCases.ALL.stream().filter(c -> c.needs().contains(need)).toList();
    assertFalse(wanting.isEmpty(), "no case needs " + need);
    var check = new ServerCheck(SILENT, Progress.SILENT, "rerun", 1);
    for (Finding finding : check.play(wanting, f -> {})) {
      assertEquals(Verdict.NOT_APPLICABLE, finding.verdict());
      assertTrue(String.valueOf(finding.seen()).startsWith("needs "), finding.seen());
    }
  }

  @Test
  void anHttpAddressAloneDeclaresHealth() {
    Target plain =
        new Target(
            NOWHERE,
            Target.httpBeside(NOWHERE),
            Profile.CORE,
            Set.of(),
            Map.of(Stimulus.PLAIN, "hi"));
    assertTrue(Need.HEALTH.metBy(plain, Pace.STANDARD));
    assertFalse(Need.CHAT.metBy(plain, Pace.STANDARD));
    assertTrue(Need.CHAT.metBy(plain.answering(Set.of(Endpoint.CHAT)), Pace.STANDARD));
    assertFalse(Need.HEALTH.metBy(plain.answering(Set.of(Endpoint.CHAT)), Pace.STANDARD));
  }

  @Test
  void httpIsBesideTheWebSocket() {
    assertEquals(
        URI.create("https://example.org:8443"),
        Target.httpBeside(URI.create("wss://example.org:8443/ws/chat")));
  }
}
