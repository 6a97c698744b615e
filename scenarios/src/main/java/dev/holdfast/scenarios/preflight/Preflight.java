package dev.holdfast.scenarios.preflight;

import dev.holdfast.report.result.Finding;
import dev.holdfast.report.result.Level;
import dev.holdfast.report.result.Stage;
import dev.holdfast.scenarios.conformance.Bench;
import dev.holdfast.scenarios.conformance.Clauses;
import dev.holdfast.scenarios.conformance.Finds;
import dev.holdfast.scenarios.conformance.Pace;
import dev.holdfast.scenarios.conformance.Talk;
import dev.holdfast.scenarios.conformance.wire.Event;
import dev.holdfast.scenarios.conformance.wire.NotHttp;
import dev.holdfast.scenarios.conformance.wire.RawPeer;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.conformance.wire.WrongHandshake;
import dev.holdfast.scenarios.model.Target;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The first look at a target: a handshake, the greeting, and one answer to a plain message. What
 * fails here fails every case, so nothing else is played.
 */
public final class Preflight {
  private static final String OPENS = "transport/opens-a-session";
  private static final String GREETS = "conversation/greets-first";
  private static final String ENDS = "conversation/one-terminal-frame";

  /** How long the first answer may take where the target's owner declared nothing. */
  private static final long LONGEST_ANSWER_MS = 60_000;

  /** The longest Retry-After that is worth waiting for. */
  private static final long SOON_MS = 5_000;

  private final Target target;
  private final String rerun;
  private final Pace pace;

  /** How long a server that is full asked to wait, in milliseconds; -1 where it did not. */
  private long fullForMs = -1;

  /**
   * A look at one target.
   *
   * @param rerun the command that plays one case again, up to its address
   */
  public Preflight(Target target, String rerun) {
    this.target = target;
    this.rerun = rerun;
    Long declared = target.patienceMs();
    pace = declared == null ? Pace.STANDARD : Pace.STANDARD.patient(declared);
  }

  /** What the first look concludes. */
  public sealed interface Sight {
    /** Cases can be played. */
    record Ready() implements Sight {}

    /**
     * The target speaks another protocol, or nothing at all: nothing can be judged.
     *
     * @param mayBeTls whether a port that expects TLS, or a certificate, would explain what came
     */
    record Foreign(Diagnosis diagnosis, boolean mayBeTls) implements Sight {}

    /** The target speaks the protocol, and breaks a clause that every case needs. */
    record Broken(Finding finding) implements Sight {}
  }

  /** Looks; takes at most the time of a handshake, a greeting and an answer. */
  public Sight look() throws InterruptedException {
    Sight refused = handshake();
    if (refused != null && fullForMs >= 0 && fullForMs <= SOON_MS) {
      Thread.sleep(fullForMs);
      refused = handshake();
    }
    if (refused != null) {
      return refused;
    }
    try (Bench bench = Bench.alone(target, pace, "preflight")) {
      return conversation(bench, bench.open("?session_id=" + bench.session()));
    } catch (Finds refusedNow) {
      // One handshake succeeded and the next one failed: that is for the cases to judge.
      return new Sight.Ready();
    }
  }

  private @Nullable Sight handshake() {
    String session = "hf-preflight-" + Long.toString(System.nanoTime() >>> 10, 36);
    URI url = URI.create(target.url() + "?session_id=" + session);
    long began = System.nanoTime();
    try {
      RawPeer.connect(
              url, "preflight", new WireLog(), Map.of(), target.access(), UnaryOperator.identity())
          .close();
      return null;
    } catch (WrongHandshake e) {
      return broken(OPENS, "101 Switching Protocols as RFC 6455, 4.2.2, has it", said(e), null);
    } catch (RawPeer.Refused e) {
      fullForMs = e.fullForMs();
      return foreign(new Came.Http(e.status(), e.location(), e.retryAfter(), e.body()));
    } catch (RawPeer.Unreached e) {
      return foreign(new Came.Unreached(said(e)));
    } catch (SSLException e) {
      return foreign(new Came.TlsFailed(said(e)));
    } catch (NotHttp e) {
      return foreign(new Came.NotHttp(e.first()));
    } catch (SocketTimeoutException e) {
      return foreign(new Came.NoAnswer((System.nanoTime() - began) / 1_000_000));
    } catch (EOFException | SocketException e) {
      return foreign(new Came.Ended());
    } catch (IOException e) {
      return foreign(new Came.Failed(said(e)));
    }
  }

  private Sight conversation(Bench bench, Talk talk) throws Finds, InterruptedException {
    Event first = talk.next(pace.patienceMs());
    if (first == null) {
      talk.says(bench.plain());
      first = talk.next(pace.patienceMs());
      if (first == null) {
        return foreign(new Came.Silence(2 * pace.patienceMs()));
      }
    }
    return switch (first) {
      case Event.Closed closed -> foreign(new Came.Closed(closed.code(), closed.reason()));
      case Event.Binary binary -> foreign(new Came.Binary(binary.bytes()));
      case Event.Text text when !isFrame(text) -> foreign(new Came.OtherText(text.text()));
      case Event.Text text when !text.isStatus("connected") ->
          broken(GREETS, "status connected as the first frame", Talk.describe(text), bench);
      case Event.Text greeting -> answer(bench, talk);
    };
  }

  private Sight answer(Bench bench, Talk talk) throws Finds, InterruptedException {
    talk.says(bench.plain());
    long within = target.patienceMs() == null ? LONGEST_ANSWER_MS : pace.patienceMs();
    try {
      talk.expect("a terminal frame", Event.Text::isEnd, within);
      return new Sight.Ready();
    } catch (Finds.Mismatch e) {
      return broken(ENDS, e.expected(), "the greeting, then " + e.seen(), bench);
    }
  }

  private static boolean isFrame(Event.Text text) {
    return text.json().isObject() && text.json().path("type").isTextual();
  }

  private Sight foreign(Came came) {
    return new Sight.Foreign(Recognition.of(came, target.url()), mayBeTls(came));
  }

  /** Web servers answer 400 to plain HTTP on their port for TLS. */
  private static boolean mayBeTls(Came came) {
    return switch (came) {
      case Came.TlsFailed c -> true;
      case Came.NoAnswer c -> true;
      case Came.Ended c -> true;
      case Came.NotHttp c -> true;
      case Came.Failed c -> true;
      case Came.Http c -> c.status() == 400;
      default -> false;
    };
  }

  private Sight broken(String clause, String expected, String seen, @Nullable Bench bench) {
    var finding =
        Finding.about(Stage.CONFORMANCE, clause, Clauses.at(clause).sentence())
            .clause(clause)
            .level(Level.MUST)
            .profile("core")
            .rerun(rerun + " --case " + clause)
            .expected(expected);
    if (bench != null) {
      finding.trace(bench.log().lines());
    }
    return new Sight.Broken(finding.violated(seen));
  }

  private static String said(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
