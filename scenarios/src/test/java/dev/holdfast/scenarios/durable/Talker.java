package dev.holdfast.scenarios.durable;

import dev.holdfast.client.ClientListener;
import dev.holdfast.client.ClientOptions;
import dev.holdfast.client.SimClient;
import dev.holdfast.protocol.Backoff;
import dev.holdfast.protocol.client.ClientConfig;
import dev.holdfast.protocol.client.ClientOutput.Outcome;
import dev.holdfast.protocol.journal.HistoryCodec;
import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import dev.holdfast.protocol.journal.Journal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A person who says things, waits for the answers, and does not care who dies meanwhile. */
final class Talker implements AutoCloseable {
  static final Backoff QUICK = new Backoff(20, 250, 30, 4_000);
  private static final long ANSWER_S = 180;
  private static final int TAIL = 60;

  /** How a message ended, as the person was told. */
  record End(Outcome outcome, @Nullable String code) {}

  private final String name;
  private final SplittableRandom chance;
  private final int mostPauseMs;
  private final CountDownLatch enough;
  private final Journal journal;
  private final Map<String, End> ends = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
  private final SimClient client;
  private volatile @Nullable String trouble;

  Talker(String name, URI url, SplittableRandom chance, int mostPauseMs, CountDownLatch enough) {
    this.name = name;
    this.chance = chance;
    this.mostPauseMs = mostPauseMs;
    this.enough = enough;
    journal = new Journal(Source.CLIENT, name);
    client =
        new SimClient(
            ClientOptions.of(name, url)
                .withSession(session())
                .with(ClientConfig.RESUME.withBackoff(QUICK))
                .withJournal(journal)
                .withListener(settled())
                .withSeed(chance.nextLong()));
  }

  String session() {
    return "s-" + name;
  }

  private ClientListener settled() {
    return new ClientListener() {
      @Override
      public void onSettled(String id, Outcome outcome, @Nullable String code) {
        if (ends.putIfAbsent(id, new End(outcome, code)) != null) {
          trouble = id + " ended twice";
        }
        awaited.computeIfAbsent(id, i -> new CountDownLatch(1)).countDown();
      }

      @Override
      public void onRefused(String id, String code) {
        trouble = id + " was refused: " + code;
      }

      @Override
      public void onFailure(Throwable failure) {
        trouble = "the client broke: " + failure;
      }
    };
  }

  /** Talks until it is enough; what went wrong, or null. */
  @Nullable String talk() throws InterruptedException {
    client.connect();
    boolean over = false;
    while (!over && trouble == null) {
      List<String> said = new ArrayList<>();
      int messages = 1 + chance.nextInt(3);
      for (int i = 0; i < messages; i++) {
        said.add(client.say(work()));
      }
      for (String id : said) {
        CountDownLatch end = awaited.computeIfAbsent(id, i -> new CountDownLatch(1));
        if (!end.await(ANSWER_S, TimeUnit.SECONDS)) {
          return name + ": " + id + " had no end within " + ANSWER_S + " s\n" + tail();
        }
      }
      over = enough.await(chance.nextInt(mostPauseMs), TimeUnit.MILLISECONDS);
    }
    return trouble == null ? null : name + ": " + trouble;
  }

  /** The last of what happened, for whoever looks into a failure. */
  private String tail() {
    List<HistoryRecord> all = journal.records();
    return all.subList(Math.max(0, all.size() - TAIL), all.size()).stream()
        .map(HistoryCodec::write)
        .collect(Collectors.joining("\n"));
  }

  private String work() {
    return "#agent slow_ms=" + chance.nextInt(120) + " tools=1 tokens=3\nWork for " + name;
  }

  Map<String, End> ends() {
    return ends;
  }

  @Nullable String runOf(String message) {
    return client.runOf(message);
  }

  List<HistoryRecord> history() {
    return journal.records();
  }

  @Override
  public void close() {
    client.close();
  }
}
