package dev.holdfast.scenarios.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.protocol.Profile;
import dev.holdfast.report.progress.Progress;
import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Verdict;
import dev.holdfast.scenarios.conformance.wire.HostileTarget;
import dev.holdfast.scenarios.conformance.wire.HostileTarget.Guest;
import dev.holdfast.scenarios.conformance.wire.HostileTarget.Script;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a target does, all cases end, with a verdict and without a fault of ours. */
@Timeout(value = 40, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTargetsTest {
  /** Patience decides nothing here: what these targets leave out never comes. */
  private static final Pace HASTY = new Pace(200, 50, 48, false);

  /** What everything else rests on. */
  private static final Set<String> FIRST =
      Set.of("conversation/greets-first", "conversation/one-terminal-frame");

  /** One of each section and profile, and those that the others rest on. */
  private static final List<Case> CASES =
      Stream.concat(
              ServerCases.of(Profile.CORE).stream().filter(c -> FIRST.contains(c.address())),
              ServerCases.sample(Profile.RESUME).stream()
                  .collect(
                      Collectors.toMap(
                          one -> one.profile() + one.address().replaceFirst("/.*", ""),
                          one -> one,
                          (first, other) -> first,
                          LinkedHashMap::new))
                  .values()
                  .stream())
          .distinct()
          .toList();

  /** What each does to whoever connects. */
  private static Map<String, Script> hostilities() {
    Map<String, Script> all = new LinkedHashMap<>();
    all.put("never answers", Guest::hangs);
    all.put("closes at once", guest -> {});
    all.put("closes after the request", Guest::request);
    all.put("redirects", answers("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n\r\n"));
    all.put("speaks HTTP/1.0", answers("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    all.put("proves nothing", answers(HostileTarget.switching("AAAAAAAAAAAAAAAAAAAAAAAAAAA=")));
    all.put("opens and is silent", guest -> guest.accepts().hangs());
    all.put("greets and is silent", guest -> guest.greets().hangs());
    all.put("floods", guest -> flood(guest.greets(), "{\"type\":\"status\",\"data\":{}}"));
    all.put("floods with answers", guest -> flood(guest.greets(), ANSWER));
    all.put("pings and does not read", HostileTargetsTest::pings);
    all.put("sends a gigabyte", HostileTargetsTest::gigabyte);
    return all;
  }

  private static final String ANSWER = "{\"type\":\"message\",\"data\":{\"content\":\"yes\"}}";

  private static Script answers(String answer) {
    return guest -> {
      guest.request();
      guest.says(answer).hangs();
    };
  }

  private static void flood(Guest guest, String text) throws IOException {
    while (guest.goesOn()) {
      guest.text(text);
    }
  }

  private static void pings(Guest guest) throws IOException {
    byte[] ping = HostileTarget.frame(9, new byte[100]);
    guest.greets();
    while (guest.goesOn()) {
      guest.sends(ping);
    }
  }

  private static void gigabyte(Guest guest) throws IOException {
    guest.greets().sends(HostileTarget.claim(1, 1L << 30));
    byte[] some = new byte[64 << 10];
    while (guest.goesOn()) {
      guest.sends(some);
    }
  }

  @Test
  void everyHostileTargetGetsItsVerdicts() throws Exception {
    List<Callable<String>> plays = new ArrayList<>();
    hostilities().forEach((name, script) -> plays.add(() -> wrong(name, script)));
    List<String> wrong = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (Future<String> one : threads.invokeAll(plays)) {
        wrong.add(one.get());
      }
    }
    wrong.removeIf(String::isEmpty);
    assertEquals(List.of(), wrong);
  }

  /** What is wrong with how a hostile target was judged, or nothing. */
  private static String wrong(String name, Script script) throws Exception {
    try (HostileTarget hostile = HostileTarget.start(script)) {
      List<Finding> findings = check(hostile.url()).play(CASES, f -> {});
      boolean judged =
          findings.stream().allMatch(f -> f.verdict() != Verdict.HARNESS_ERROR)
              && findings.stream().anyMatch(f -> f.verdict() == expected(name))
              && findings.size() == CASES.size();
      return judged ? "" : name + ":\n" + shown(findings);
    }
  }

  private static final Set<String> NO_HANDSHAKE =
      Set.of("never answers", "closes at once", "closes after the request");

  /** A target that answers no handshake at all said nothing that could break a clause. */
  private static Verdict expected(String name) {
    return NO_HANDSHAKE.contains(name) ? Verdict.INCONCLUSIVE : Verdict.FAIL;
  }

  @Test
  void saysThatNothingIsListening() throws Exception {
    URI nobody = HostileTarget.nobody();
    for (Finding finding : check(nobody).play(CASES, f -> {})) {
      boolean silent = finding.verdict() == Verdict.INCONCLUSIVE;
      boolean undeclared = finding.verdict() == Verdict.NOT_APPLICABLE;
      boolean http = finding.verdict() == Verdict.WARN && finding.address().startsWith("http/");
      assertTrue(silent || undeclared || http, finding::toString);
    }
  }

  @Test
  void judgesTheRestWhenTheTargetDiesInMidSuite() throws Exception {
    ReferenceServer server = ReferenceServer.start(ServerOptions.builder().build());
    AtomicInteger count = new AtomicInteger();
    List<Finding> findings =
        check(URI.create(server.wsUrl()))
            .play(
                CASES,
                finding -> {
                  if (count.incrementAndGet() == 10) {
                    server.kill();
                  }
                });
    assertEquals(CASES.size(), findings.size());
    for (Finding finding : findings) {
      assertNotEquals(Verdict.HARNESS_ERROR, finding.verdict(), finding::toString);
    }
    long open = findings.stream().filter(f -> f.verdict() == Verdict.INCONCLUSIVE).count();
    assertTrue(open > 0, shown(findings));
  }

  private static ServerCheck check(URI url) {
    Target target = Target.scripted(url, Target.httpBeside(url), Profile.CORE);
    return new ServerCheck(target, Progress.SILENT, "holdfast check server", 5, HASTY)
        .trustingTheMachine();
  }

  private static String shown(List<Finding> findings) {
    return findings.stream()
        .map(f -> "  " + f.address() + " " + f.verdict() + " " + f.durationMs() + " " + f.seen())
        .collect(Collectors.joining("\n"));
  }
}
