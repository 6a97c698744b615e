package dev.holdfast.scenarios.broken;

import dev.holdfast.protocol.server.ServerConfig;
import dev.holdfast.scenarios.broken.BrokenTwin.Breakage;
import dev.holdfast.scenarios.conformance.ReferenceTarget;
import dev.holdfast.scenarios.load.Nearest;
import dev.holdfast.scenarios.model.Target;
import dev.holdfast.server.ServerOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A broken server, running: the reference with one thing wrong.
 *
 * <p>On a command line {@code BrokenServer NAME [PORT]} prints {@code listening on ws://…} and
 * serves until its input ends or it is told to terminate.
 */
public final class BrokenServer implements AutoCloseable {
  private static final int USAGE = 64;
  private static final String LOG_SETTINGS = "logback.configurationFile";

  private final ReferenceTarget server;
  private final @Nullable Meddler meddler;
  private final boolean readsEnvironment;
  private @Nullable ChangedLog log;

  private BrokenServer(ReferenceTarget server, @Nullable Meddler meddler, boolean environment) {
    this.server = server;
    this.meddler = meddler;
    readsEnvironment = environment;
  }

  /** Starts a twin on a loopback port, 0 for a free one, without an audit log. */
  public static BrokenServer start(BrokenTwin twin, int port) throws IOException {
    return start(twin, port, null);
  }

  /**
   * Starts a twin on a loopback port, 0 for a free one.
   *
   * @param audit where it says that its audit log is
   */
  static BrokenServer start(BrokenTwin twin, int port, @Nullable Path audit) throws IOException {
    return switch (twin.breakage()) {
      case Breakage.Bent bent -> {
        var bend = bent.bend().get();
        yield new BrokenServer(
            ReferenceTarget.start(() -> options().port(port).misbehaviour(bend), audit),
            null,
            true);
      }
      case Breakage.SetUp setUp ->
          new BrokenServer(
              ReferenceTarget.start(() -> setUp.options().apply(options().port(port)), null)
                  .declaring(audit),
              null,
              setUp.readsEnvironment());
      case Breakage.Logged logged -> logging(port, audit, logged.line());
      case Breakage.Meddled meddled -> {
        ReferenceTarget sound = ReferenceTarget.start(BrokenServer::options, audit);
        try {
          int upstream = sound.server().port();
          yield new BrokenServer(sound, Meddler.start(port, upstream, meddled.meddling()), true);
        } catch (IOException | RuntimeException | Error e) {
          sound.close();
          throw e;
        }
      }
    };
  }

  /** Its owner declares a copy of its log, in which each line is changed. */
  private static BrokenServer logging(int port, @Nullable Path audit, UnaryOperator<String> line)
      throws IOException {
    if (audit == null) {
      return new BrokenServer(ReferenceTarget.start(() -> options().port(port), null), null, true);
    }
    Path sound = Files.createDirectories(Path.of(audit + "-sound"));
    BrokenServer server =
        new BrokenServer(
            ReferenceTarget.start(() -> options().port(port), sound).declaring(audit), null, true);
    server.log = ChangedLog.follow(sound, audit.resolve("changed.jsonl"), line);
    return server;
  }

  private static ServerOptions.Builder options() {
    return ServerOptions.builder()
        .drainMs(3_000)
        .config(ServerConfig.STANDARD.withHeartbeat(10_000, 3_000)); // so that silence is noticed
  }

  /** As its owner would declare it, who knows nothing of what is wrong. */
  Target target() {
    Target target = server.target().at(wsUrl(), httpUrl());
    Target.@Nullable Restart restart = target.restart();
    if (restart == null) {
      return target;
    }
    return target.restartedBy(environment -> {
      restart.now(readsEnvironment ? environment : Map.of());
      if (meddler != null) {
        meddler.forget();
      }
    });
  }

  public int port() {
    return meddler == null ? server.server().port() : meddler.port();
  }

  public URI wsUrl() {
    return URI.create("ws://127.0.0.1:" + port() + "/ws/chat");
  }

  public URI httpUrl() {
    return URI.create("http://127.0.0.1:" + port());
  }

  @Override
  public void close() throws IOException {
    try {
      if (log != null) {
        log.close();
      }
      if (meddler != null) {
        meddler.close();
      }
    } finally {
      server.server().kill();
    }
  }

  public static void main(String[] args) throws IOException {
    if (System.getProperty(LOG_SETTINGS) == null) {
      System.setProperty(LOG_SETTINGS, "dev/holdfast/scenarios/broken/logback.xml");
    }
    int code = run(args, System.in, System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  static int run(String[] args, InputStream in, PrintStream out, PrintStream err)
      throws IOException {
    if (args.length == 0) {
      BrokenServers.ALL.forEach(t -> out.printf("%-30s %s%n", t.name(), t.sentence()));
      return 0;
    }
    Optional<BrokenTwin> twin = BrokenServers.find(args[0]);
    if (twin.isEmpty() || args.length > 2 || !port(args).matches("[0-9]{1,5}")) {
      err.println(complaint(args, twin.isPresent()));
      return USAGE;
    }
    try (BrokenServer server = start(twin.get(), Integer.parseInt(port(args)))) {
      out.println("listening on " + server.wsUrl());
      out.flush();
      awaitEnd(in);
    }
    return 0;
  }

  private static String port(String[] args) {
    return args.length > 1 ? args[1] : "0";
  }

  private static String complaint(String[] args, boolean known) {
    return known
        ? "usage: BrokenServer [NAME [PORT]]"
        : "no broken server is called '"
            + args[0]
            + "'"
            + Nearest.to(args[0], BrokenServers.names())
                .map(n -> ", did you mean '" + n + "'?")
                .orElse("")
            + "\nthere are:\n  "
            + String.join("\n  ", BrokenServers.names());
  }

  /** What is typed means nothing; a signal ends the process all the same. */
  private static void awaitEnd(InputStream in) throws IOException {
    byte[] ignored = new byte[256];
    while (in.read(ignored) >= 0) {
      // goes on until the end of the input
    }
  }
}
