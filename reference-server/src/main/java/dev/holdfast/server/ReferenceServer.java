package dev.holdfast.server;

import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.server.AuditEvent;
import dev.holdfast.protocol.server.AuditField;
import dev.holdfast.protocol.server.ServerInput;
import dev.holdfast.protocol.server.SessionMachine;
import dev.holdfast.server.audit.AuditLog;
import dev.holdfast.server.audit.AuditSink;
import dev.holdfast.server.http.HttpPipeline;
import dev.holdfast.server.http.HttpServices;
import dev.holdfast.server.inspect.RecentEvents;
import dev.holdfast.server.metrics.ServerMetrics;
import dev.holdfast.server.rollout.RolloutSwitch;
import dev.holdfast.server.session.Household;
import dev.holdfast.server.session.Sessions;
import dev.holdfast.server.store.MemoryStore;
import dev.holdfast.server.store.SessionStore;
import dev.holdfast.server.store.SqliteStore;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reference server, running: two event loops, one listening socket, all sessions in memory.
 *
 * <p>It can end in three ways: {@link #stop} lets runs finish, {@link #close} does not, and {@link
 * #kill} leaves its peers as a killed process would.
 */
public final class ReferenceServer implements AutoCloseable {
  /**
   * What a kernel may keep unsent of its own accord: a smaller limit on what a peer leaves unread
   * would mean nothing without a smaller buffer.
   */
  private static final int KERNEL_KEEPS_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(ReferenceServer.class);
  private static final int EVENT_LOOPS = 2;
  private static final long LOOK_EVERY_MS = 5;
  private static final long LOOPS_END_MS = 2_000;

  private final ServerOptions options;
  private final Doors doors;
  private final Sessions sessions;
  private final ServerMetrics metrics;
  private final RolloutSwitch rollout;
  private final AuditSink audit;
  private final @Nullable AuditLog auditLog;
  private final SessionStore store;
  private final EventLoopGroup loops;
  private final Channels channels;
  private final @Nullable SslContext tls;
  private final Channel listener;
  private final AtomicBoolean ended = new AtomicBoolean();

  private ReferenceServer(
      ServerOptions options, @Nullable AuditLog auditLog, AuditSink audit, SessionStore store)
      throws IOException {
    this.options = options;
    tls = options.tls() == null ? null : options.tls().context();
    doors = new Doors();
    metrics = new ServerMetrics();
    this.auditLog = auditLog;
    this.audit = options.inspection() == null ? audit : new RecentEvents(audit);
    this.store = store;
    store.watch((took, sessionCount) -> metrics.stored(took.toNanos(), sessionCount));
    channels = new Channels(() -> metrics.connections() + options.limits().httpConnections(), tls);
    sessions =
        new Sessions(
            new Household(
                () -> options.misbehaviour().apply(new SessionMachine(options.config())),
                options.agent(),
                this.audit,
                store,
                metrics,
                doors));
    var drain = new ServerInput.Drain(options.retryAfterMs(), options.drainMs(), false);
    rollout = new RolloutSwitch(options.rollout(), sessions, doors, this.audit, drain);
    loops =
        new MultiThreadIoEventLoopGroup(
            EVENT_LOOPS, new DefaultThreadFactory("holdfast-server"), NioIoHandler.newFactory());
    this.audit.append(List.of(started(auditLog)));
    sessions.recover(loops::next);
    listener = listen();
    LOG.info("event=server_start url={}", wsUrl());
  }

  /**
   * Starts a server; it takes connections when this returns.
   *
   * @throws BindException if the address is taken
   */
  public static ReferenceServer start(ServerOptions options) throws IOException {
    Path directory = options.auditDirectory();
    AuditLog log = directory == null ? null : AuditLog.open(directory);
    try {
      return start(options, log, log == null ? AuditSink.NONE : log, open(options));
    } catch (IOException | RuntimeException e) {
      if (log != null) {
        log.close();
      }
      throw e;
    }
  }

  private static SessionStore open(ServerOptions options) throws IOException {
    Path file = options.storeFile();
    return file == null ? new MemoryStore() : SqliteStore.open(file, options.durability());
  }

  private static ReferenceServer start(
      ServerOptions options, @Nullable AuditLog log, AuditSink audit, SessionStore store)
      throws IOException {
    try {
      return new ReferenceServer(options, log, audit, store);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** A server whose records go somewhere else than to files. */
  static ReferenceServer start(ServerOptions options, AuditSink audit, SessionStore store)
      throws IOException {
    return start(options, null, audit, store);
  }

  static ReferenceServer start(ServerOptions options, AuditSink audit) throws IOException {
    return start(options, null, audit, open(options));
  }

  private static AuditEvent started(@Nullable AuditLog log) {
    long mended = log == null ? 0 : log.mendedBytes();
    return AuditEvent.of(AuditEvent.SERVER_START)
        .with(AuditField.MENDED_BYTES, mended == 0 ? null : mended);
  }

  private Channel listen() throws IOException {
    HttpServices services = new HttpServices(options, sessions, doors, rollout, metrics, audit);
    ServerBootstrap bootstrap = new ServerBootstrap();
    long unread = options.limits().outboundBytes();
    if (unread < KERNEL_KEEPS_BYTES) {
      bootstrap.childOption(ChannelOption.SO_SNDBUF, (int) unread);
    }
    ChannelFuture bound =
        bootstrap
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, 1_024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(channels.watching(new HttpPipeline(services)))
            .bind(options.host(), options.port())
            .awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      endLoops();
      String where = options.host() + ":" + options.port();
      var failed = new BindException("cannot listen on " + where + ": " + cause.getMessage());
      failed.initCause(cause);
      throw failed;
    }
    return bound.channel();
  }

  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  public String wsUrl() {
    return (tls == null ? "ws://" : "wss://") + options.host() + ":" + port() + "/ws/chat";
  }

  public String httpUrl() {
    return (tls == null ? "http://" : "https://") + options.host() + ":" + port();
  }

  /** WebSockets open now. */
  public int connections() {
    return metrics.connections();
  }

  /** TCP connections open now, WebSockets among them. */
  public int openChannels() {
    return channels.count();
  }

  /** Sessions in memory. */
  public int sessions() {
    return sessions.count();
  }

  public RolloutSwitch rollout() {
    return rollout;
  }

  /** Lets runs finish within the drain time, closes all sockets with 1012, and stops. */
  public void stop() {
    end(options.drainMs());
  }

  /** Stops now: runs are interrupted and told so, sockets closed with 1012. */
  @Override
  public void close() {
    end(0);
  }

  private void end(long drainMs) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    LOG.info("event=server_stopping drain_ms={}", drainMs);
    doors.stop();
    sessions.drain(new ServerInput.Drain(options.retryAfterMs(), drainMs, true));
    long closeMs = options.limits().closeDeadlineMs();
    awaitUpTo(drainMs + closeMs, sessions::atRest);
    awaitUpTo(closeMs, () -> metrics.connections() == 0);
    listener.close().awaitUninterruptibly(LOOPS_END_MS);
    sessions.kill();
    channels.closeAll();
    endLoops();
    store.close();
    auditStop();
    LOG.info("event=server_stop");
  }

  /** Drops everything at once: no close frame, no answer, no last words in the log. */
  public void kill() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    doors.stop();
    listener.close().awaitUninterruptibly(LOOPS_END_MS);
    sessions.kill();
    channels.closeAll();
    endLoops();
    store.abandon();
    if (auditLog != null) {
      auditLog.abandon();
    }
    LOG.info("event=server_killed");
  }

  private void auditStop() {
    try {
      audit.append(List.of(AuditEvent.of(AuditEvent.SERVER_STOP)));
    } catch (IOException e) {
      LOG.error("event=audit_failed consequence=stop_not_recorded", e);
    }
    if (auditLog != null) {
      auditLog.close();
    }
  }

  private void endLoops() {
    loops.shutdownGracefully(0, LOOPS_END_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  /** Looks until it is so, or the time is up. */
  private static void awaitUpTo(long ms, BooleanSupplier isSo) {
    long deadline = System.nanoTime() + ms * Tick.NANOS_PER_MS;
    try {
      while (!isSo.getAsBoolean() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
