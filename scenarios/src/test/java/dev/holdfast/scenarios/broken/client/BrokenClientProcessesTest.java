package dev.holdfast.scenarios.broken.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.broken.Escapes;
import dev.holdfast.scenarios.conformance.client.Adapter;
import dev.holdfast.scenarios.conformance.client.ClientCase;
import dev.holdfast.scenarios.conformance.client.ClientCases;
import dev.holdfast.scenarios.conformance.client.ClientCheck;
import dev.holdfast.scenarios.conformance.client.ProcessAdapter;
import dev.holdfast.scenarios.conformance.client.Ready;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Broken clients as what they are in life: programs, each caught by the first case meant for it.
 */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenClientProcessesTest {
  private static final int AT_ONE_TIME = 6;
  private static final long SEED = 7;

  /** How many times the usual patience a sound client has to say what it is. */
  private static final int TO_INTRODUCE = 24;

  private static final int SOME = ClientTwins.ALL.size() / 10;

  @Tag("ci")
  @Test
  void someOfThemAreCaught() throws Exception {
    long seed = new Random().nextInt(1_000_000);
    System.out.println("broken clients as processes: seed " + seed);
    List<ClientTwin> shuffled = new ArrayList<>(ClientTwins.ALL);
    Collections.shuffle(shuffled, new Random(seed));
    assertCaught(shuffled.subList(0, SOME));
  }

  @Tag("lab")
  @Test
  void allOfThemAreCaught() throws Exception {
    assertCaught(ClientTwins.ALL);
  }

  private static void assertCaught(List<ClientTwin> twins) throws Exception {
    Map<Profile, Ready> ready = new EnumMap<>(Profile.class);
    for (Profile profile : Profile.values()) {
      ready.put(profile, check(InProcess.reference(profile), TO_INTRODUCE).introduce());
    }
    List<Escapes.Play> plays = new ArrayList<>();
    for (ClientTwin twin : twins) {
      Ready declared = ready.getOrDefault(twin.profile(), Ready.NOTHING);
      plays.add(patience -> escaped(twin, declared, patience));
    }
    assertEquals(List.of(), Escapes.from(plays, AT_ONE_TIME), "broken clients that got by");
  }

  /** How a broken client got by, or nothing when it was caught. */
  private static String escaped(ClientTwin twin, Ready declared, int patience) throws Exception {
    ClientCase one =
        ClientCases.ALL.stream()
            .filter(c -> c.address().equals(twin.fails().getFirst()))
            .findFirst()
            .orElseThrow();
    ClientCheck check = check(new ProcessAdapter(command(twin)), patience);
    Finding finding = check.play(List.of(one), declared, f -> {}).getFirst();
    boolean caught = finding.verdict() == Verdict.FAIL || finding.verdict() == Verdict.WARN;
    return caught ? "" : twin + " at " + Shown.of(finding);
  }

  private static ClientCheck check(Adapter adapter, int patience) {
    var options =
        new ClientCheck.Options(
            1, false, ClientCheck.PATIENCE_MS * patience, "holdfast check client", "", SEED);
    return new ClientCheck(adapter, options, Progress.SILENT).trustingTheMachine();
  }

  private static List<String> command(ClientTwin twin) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:CompileThresholdScaling=10",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        BrokenClient.class.getName(),
        twin.name());
  }
}
