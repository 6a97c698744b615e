package dev.holdfast.scenarios.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.persona.Action;
import dev.holdfast.client.persona.Expectation;
import dev.holdfast.client.persona.Person;
import dev.holdfast.client.persona.PersonResult;
import dev.holdfast.client.persona.PersonScript;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.Profile;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.report.ReportDirectory;
import dev.holdfast.report.result.RunReport;
import dev.holdfast.report.result.RunReportBuilder;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.check.Checker;
import dev.holdfast.scenarios.check.Checkers;
import dev.holdfast.scenarios.check.History;
import dev.holdfast.scenarios.model.Scenario;
import dev.holdfast.server.ReferenceServer;
import dev.holdfast.server.ServerOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Profile resume on real sockets, cut at random: none lost, none twice, in order, no secret told.
 */
class RandomCutsTest {
  private static final int SCHEDULES = 200;
  private static final int SIDE_BY_SIDE = 20;
  private static final long CUT_MS = 10;

  /** Every story has more frames than this. */
  private static final int CUT_WITHIN_FRAMES = 40;

  private static final long WITHIN_MS = 600_000;
  private static final Backoff QUICK = new Backoff(20, 200, 20, 600);
  private static final List<String> JUDGES =
      List.of("no_loss", "no_duplicate", "in_order", "one_terminal");

  private static final Pattern TOKEN = Pattern.compile("\"resume_token\":\"([^\"]+)\"");

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService cutter = Executors.newScheduledThreadPool(4);

  @Test
  void everyScheduleEndsWithEveryMessageAnsweredOnce(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    System.out.println("random cuts: seed " + seed);
    ListAppender<ILoggingEvent> log = everythingLogged();
    Path audit = Files.createDirectories(folder.resolve("audit"));
    Path histories = Files.createDirectories(folder.resolve("histories"));
    SplittableRandom chance = new SplittableRandom(seed);
    try (ReferenceServer server =
            ReferenceServer.start(ServerOptions.builder().auditDirectory(audit).build());
        EmbeddedEngine engine = EmbeddedEngine.start(0, seed);
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      List<Future<List<HistoryRecord>>> stories = new ArrayList<>();
      for (int i = 0; i < SCHEDULES; i++) {
        String name = "cut-" + i;
        SplittableRandom own = chance.split();
        stories.add(threads.submit(() -> story(server, engine, name, own)));
      }
      long closes = 0;
      for (int i = 0; i < SCHEDULES; i++) {
        List<HistoryRecord> records = stories.get(i).get(20, TimeUnit.MINUTES);
        judge("cut-" + i, records, histories);
        closes += records.stream().filter(r -> r.op().equals("closed")).count();
      }
      assertTrue(closes >= SCHEDULES, "only " + closes + " connections were cut");
      writeReport(folder, stories.get(0).get());
    } finally {
      cutter.shutdownNow();
    }
    Files.write(
        folder.resolve("log.txt"),
        List.copyOf(log.list).stream().map(ILoggingEvent::getFormattedMessage).toList());
    nothingTellsAToken(folder);
  }

  /** Every line that anything of ours logs, however small. */
  private static ListAppender<ILoggingEvent> everythingLogged() {
    Logger ours = (Logger) LoggerFactory.getLogger("dev.holdfast");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    ours.setLevel(Level.TRACE);
    ours.setAdditive(false);
    ours.addAppender(lines);
    return lines;
  }

  /** A report on one story, in every format. */
  private static void writeReport(Path folder, List<HistoryRecord> records) throws Exception {
    Scenario scenario = ChaosScenarios.ALL.getFirst();
    History history = new History(records, Profile.RESUME, QUICK);
    RunReportBuilder report = RunReport.begin("test", "the reference", Instant.now());
    report.add(Verdicts.judge(Stage.CHAOS, scenario, history, "so that frames are shown", 1, ""));
    ReportDirectory.open(folder.resolve("report")).write(report.build(Instant.now()));
  }

  private List<HistoryRecord> story(
      ReferenceServer server, EmbeddedEngine engine, String name, SplittableRandom chance) {
    Journal journal = new Journal(Source.CLIENT, name);
    var upstream = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    try (Link link = engine.open(name, upstream)) {
      URI url = URI.create("ws://127.0.0.1:" + link.listen().getPort() + "/ws/chat");
      ClientOptions options =
          ClientOptions.of(name, url)
              .withSession("s-" + name)
              .with(ClientConfig.RESUME.withBackoff(QUICK))
              .withJournal(journal)
              .withListener(cutting(link, chance))
              .withSeed(chance.nextLong());
      try (Person person = new Person(script(name), options)) {
        CompletableFuture<PersonResult> talk = person.start();
        PersonResult result = talk.join();
        if (result.failure() != null) {
          throw new AssertionError(name + ": the client broke", result.failure());
        }
        assertEquals(null, result.missed(), () -> name + "\n" + lines(journal.records()));
      }
    }
    return journal.records();
  }

  /** Cuts what is open and goes on listening: a port that is given up may not come back. */
  private void cut(Link link) {
    try {
      Injection cut = link.inject("cut_time", Map.of());
      var unused = cutter.schedule(cut::remove, CUT_MS, TimeUnit.MILLISECONDS);
    } catch (RuntimeException e) {
      // The story may be over, and its link with it.
    }
  }

  private static PersonScript script(String name) {
    String work = "#agent slow_ms=100 tools=1 tokens=6\nTell me";
    return PersonScript.of(
        name,
        new Action.Say(work, "q", 3),
        new Action.Expect(new Expectation.Terminal("q*"), WITHIN_MS),
        new Action.Say(work, "r", 2),
        new Action.Expect(new Expectation.Terminal("r*"), WITHIN_MS));
  }

  private static void judge(String name, List<HistoryRecord> records, Path folder)
      throws Exception {
    History history = new History(records, Profile.RESUME, QUICK);
    for (String judge : JUDGES) {
      Checker.Judged judged = Checkers.named(judge).judge(history);
      assertEquals(Checker.Truth.TRUE, judged.truth(), name + ": " + judged.evidence());
    }
    Files.writeString(folder.resolve(name + ".jsonl"), lines(records));
  }

  private static String lines(List<HistoryRecord> records) {
    return records.stream().map(HistoryCodec::write).collect(Collectors.joining("\n"));
  }

  /**
   * Cuts one to four times, each behind a frame drawn by lot, and reads each token off the wire, to
   * look for it elsewhere.
   */
  private ClientListener cutting(Link link, SplittableRandom chance) {
    Set<Integer> cuts = new HashSet<>();
    for (int i = chance.nextInt(4); i >= 0; i--) {
      cuts.add(1 + chance.nextInt(CUT_WITHIN_FRAMES));
    }
    AtomicInteger frames = new AtomicInteger();
    return new ClientListener() {
      @Override
      public void onFrame(Seen seen) {
        if (cuts.contains(frames.incrementAndGet())) {
          cutter.execute(() -> cut(link));
        }
        Matcher matcher = TOKEN.matcher(seen.text());
        if (matcher.find()) {
          told.add(matcher.group(1));
        }
      }
    };
  }

  /** Whatever the run wrote, log, audit, history (with its addresses) or report: no token in it. */
  private void nothingTellsAToken(Path folder) throws Exception {
    assertTrue(told.size() >= SCHEDULES, "every session has a token: " + told.size());
    int searched = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        searched++;
        for (String token : told) {
          assertFalse(text.contains(token), file + " tells a resume token");
        }
      }
    }
    assertTrue(searched > SCHEDULES, "histories, audit, log and report: " + searched);
  }
}
