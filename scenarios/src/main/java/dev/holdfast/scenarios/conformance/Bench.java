package dev.holdfast.scenarios.conformance;

import dev.holdfast.scenarios.conformance.Finds.Mismatch;
import dev.holdfast.scenarios.conformance.Finds.Unclear;
import dev.holdfast.scenarios.conformance.wire.RawPeer;
import dev.holdfast.scenarios.conformance.wire.RawPeer.Refused;
import dev.holdfast.scenarios.conformance.wire.WireLog;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.scenarios.model.Target.Stimulus;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the script of one case has in its hands: the target, fresh names, peers, a log. */
public final class Bench implements AutoCloseable {
  private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(5);

  private final Target target;
  private final String unique;
  private final WireLog log = new WireLog();
  private final List<RawPeer> peers = new CopyOnWriteArrayList<>();
  private volatile @Nullable HttpClient http;
  private int named;

  /**
   * A bench for one case.
   *
   * @param unique a word of the session alphabet that no other case of this run has
   */
  public Bench(Target target, String unique) {
    this.target = target;
    this.unique = unique;
  }

  public WireLog log() {
    return log;
  }

  /** A session id that nobody has used. */
  public String session() {
    return "hf-" + unique + "-" + ++named;
  }

  /** What to say for an answer of this kind; the case declared its need of it. */
  public String stimulus(Stimulus kind) {
    String words = target.stimulus(kind);
    if (words == null) {
      throw new IllegalStateException("the case must declare that it needs " + kind.word());
    }
    return words;
  }

  /** Connects to a fresh session and reads the greeting. */
  public Talk connect() throws Finds, InterruptedException {
    return connect(session());
  }

  /** Connects to a session and reads the greeting. */
  public Talk connect(String session) throws Finds, InterruptedException {
    Talk talk = open("?session_id=" + session);
    talk.greeting();
    return talk;
  }

  /** Connects without reading anything; {@code query} begins with a question mark or is empty. */
  public Talk open(String query) throws Finds {
    try {
      return dial(query, Map.of());
    } catch (Refused e) {
      throw new Mismatch("the handshake to succeed", "HTTP " + e.status() + " " + e.body());
    }
  }

  /** Tries a handshake that should be refused, and says how it was. */
  public Refused refused(String query, Map<String, String> headers) throws Finds {
    try {
      dial(query, headers).peer().close();
    } catch (Refused e) {
      return e;
    }
    throw new Mismatch("the handshake to be refused", "101 Switching Protocols");
  }

  private Talk dial(String query, Map<String, String> headers) throws Finds, Refused {
    String name = "c" + (peers.size() + 1);
    try {
      RawPeer peer = RawPeer.connect(at(query), name, log, headers);
      peers.add(peer);
      return new Talk(peer);
    } catch (RawPeer.Unreached e) {
      throw new Unclear("nothing is listening at " + target.url() + ": " + e.getMessage());
    } catch (SocketTimeoutException e) {
      throw new Mismatch("an answer to the handshake within 5 s", what(e));
    } catch (IOException e) {
      throw new Mismatch("an answer to the handshake as RFC 6455 has it", what(e));
    }
  }

  private static String what(IOException e) {
    return e instanceof EOFException ? "the connection ended" : String.valueOf(e.getMessage());
  }

  private URI at(String query) {
    return URI.create(target.url() + query);
  }

  /** GETs a path of the target's HTTP side. */
  public HttpResponse<String> get(String path) throws Finds, InterruptedException {
    URI base = target.http();
    if (base == null) {
      throw new IllegalStateException("the case must declare that it needs HTTP");
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(base.resolve(path)).timeout(HTTP_TIMEOUT).GET().build();
      return client()
          .sendAsync(request, ShortBody.handler())
          .get(HTTP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Mismatch("an answer to GET " + path + " within 5 s", "none that ended");
    } catch (ExecutionException e) {
      throw new Mismatch("an answer to GET " + path, String.valueOf(e.getCause()));
    }
  }

  private HttpClient client() {
    HttpClient client = http;
    if (client == null) {
      // The client's default would ask for HTTP/2 by an Upgrade header, which confuses servers
      // here.
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(HTTP_TIMEOUT)
              .build();
      http = client;
    }
    return client;
  }

  /** Lets the target go on by itself for a while. */
  public void pause(long ms) throws InterruptedException {
    Thread.sleep(Duration.ofMillis(ms));
  }

  @Override
  public void close() {
    peers.forEach(RawPeer::close);
    HttpClient client = http;
    if (client != null) {
      client.shutdownNow();
    }
  }
}
