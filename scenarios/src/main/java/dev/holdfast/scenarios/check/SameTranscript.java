package dev.holdfast.scenarios.check;

import dev.holdfast.protocol.frame.Body;
import dev.holdfast.protocol.frame.Capability;
import dev.holdfast.protocol.frame.CloseCode;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.Message;
import dev.holdfast.protocol.frame.Resumption;
import dev.holdfast.protocol.frame.Status;
import dev.holdfast.protocol.journal.HistoryRecord.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Capability sync: all tabs of a session read the same conversation, what was said included. */
final class SameTranscript implements Checker {

  /** One session in one epoch. */
  private record Book(@Nullable String session, String epoch) {}

  private record Line(@Nullable String run, @Nullable String replyTo, Body body) {
    static Line of(Frame frame) {
      return new Line(frame.envelope().runId(), frame.envelope().replyTo(), frame.body());
    }
  }

  /** How far one tab has read. */
  private static final class Tab {
    private @Nullable Book book;
    private boolean shares;

    /** Whether it read the book from its first line. */
    private boolean whole;

    private long next;
    private @Nullable String dialled;
    private final Set<String> echoes = new HashSet<>();
  }

  private static final class Reading {
    private final Map<String, Tab> tabs = new HashMap<>();
    private final Map<Book, Map<Long, Line>> books = new HashMap<>();
    private final Set<String> posted = new HashSet<>();
    private int compared;
  }

  @Override
  public String name() {
    return "same_transcript";
  }

  @Override
  public String requirement() {
    return "Every tab of a shared session reads the same, each question ahead of its answer.";
  }

  @Override
  public String premise() {
    return "A line of a shared session was read by a second tab.";
  }

  @Override
  public Judged judge(History history) {
    Reading reading = new Reading();
    for (Event e : history.events()) {
      if (e.source() == Source.CLIENT) {
        String wrong = read(reading, e);
        if (wrong != null) {
          return Judged.brokenBy(Source.SERVER, e.process() + ": " + wrong);
        }
      }
    }
    return reading.compared == 0
        ? Judged.unknown("no line was read by a second tab")
        : Judged.holds(reading.compared + " lines read alike");
  }

  private static @Nullable String read(Reading reading, Event e) {
    Tab tab = reading.tabs.computeIfAbsent(e.process(), p -> new Tab());
    switch (e.fact()) {
      case Fact.Posted p -> reading.posted.add(p.id());
      case Fact.Dialled d -> tab.dialled = e.connection();
      case Fact.Ended end when end.code() == CloseCode.SUPERSEDED && tab.shares -> {
        boolean itsNewest = e.connection() != null && e.connection().equals(tab.dialled);
        return itsNewest ? "superseded in a session that it shares" : null;
      }
      case Fact.Heard h when h.frame() != null -> {
        return heard(reading, tab, h.frame());
      }
      default -> {}
    }
    return null;
  }

  private static @Nullable String heard(Reading reading, Tab tab, Frame frame) {
    if (frame.body() instanceof Status.Connected c && c.resumption() != null) {
      opens(tab, c.sessionId(), c.resumption());
      return null;
    }
    long seq = frame.envelope().seq();
    if (tab.book == null || !tab.shares || seq <= 0) {
      return null;
    }
    Line line = Line.of(frame);
    Line before =
        reading.books.computeIfAbsent(tab.book, b -> new HashMap<>()).putIfAbsent(seq, line);
    reading.compared += before == null ? 0 : 1;
    if (before != null && !before.equals(line)) {
      return "position " + seq + " reads otherwise than in another tab";
    }
    return seq == tab.next ? inTurn(reading, tab, frame) : null;
  }

  private static void opens(Tab tab, @Nullable String session, Resumption r) {
    Book book = new Book(session, r.epoch());
    boolean reset = r.outcome() == Resumption.Outcome.RESET;
    if (!book.equals(tab.book) || reset) {
      tab.book = book;
      tab.whole = !reset;
      tab.next = reset ? r.topSeq() + 1 : 1;
      tab.echoes.clear();
    }
    tab.shares = r.capabilities().contains(Capability.SYNC);
  }

  private static @Nullable String inTurn(Reading reading, Tab tab, Frame frame) {
    tab.next++;
    String of = frame.envelope().replyTo();
    if (frame.body() instanceof Message m && m.isEcho()) {
      if (of == null) {
        return "an echo names no message";
      }
      return tab.echoes.add(of) ? null : of + " was echoed twice";
    }
    boolean answers = frame.envelope().runId() != null && Frames.isEnd(frame) && of != null;
    return answers && tab.whole && !tab.echoes.contains(of) && !reading.posted.contains(of)
        ? "the end of " + of + " came without the echo of what was said"
        : null;
  }
}
