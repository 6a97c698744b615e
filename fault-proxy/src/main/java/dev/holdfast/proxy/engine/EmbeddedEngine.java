package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.api.ApiServer;
import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.proxy.wire.Address;
import dev.holdfast.proxy.wire.Decision;
import dev.holdfast.proxy.wire.Direction;
import dev.holdfast.proxy.wire.Proxy;
import dev.holdfast.proxy.wire.ProxyTable;
import dev.holdfast.proxy.wire.Room;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The fault proxy in this JVM: Toxiproxy's toxics and API, and the faults that it lacks. */
public final class EmbeddedEngine implements FaultEngine {
  private static final int PROXY_THREADS = 2;

  private final MultiThreadIoEventLoopGroup proxyLoops;
  private final MultiThreadIoEventLoopGroup apiLoop;
  private final ProxyTable table;
  private final ApiServer server;
  private final ToxiproxyClient client;

  private EmbeddedEngine(int apiPort, long seed, Decision.Journal journal, Toxics toxics)
      throws IOException {
    proxyLoops = loops("fault-proxy", PROXY_THREADS);
    apiLoop = loops("fault-api", 1);
    table = new ProxyTable(new Room(proxyLoops, seed, journal, toxics));
    try {
      server = ApiServer.start(apiLoop, apiPort, table);
    } catch (IOException e) {
      stopLoops();
      throw e;
    }
    client = new ToxiproxyClient("127.0.0.1", server.address().getPort());
  }

  /** Starts an engine whose API listens on this loopback port, or on a free one for 0. */
  public static EmbeddedEngine start(int apiPort, long seed) throws IOException {
    return start(apiPort, seed, Decision.Journal.NONE);
  }

  /** As above; every decision of a fault goes to the journal, on an event loop: do not block it. */
  public static EmbeddedEngine start(int apiPort, long seed, Decision.Journal journal)
      throws IOException {
    return start(apiPort, seed, journal, Toxics.ALL);
  }

  /** As above, with a list of faults of one's own. */
  public static EmbeddedEngine start(
      int apiPort, long seed, Decision.Journal journal, Toxics toxics) throws IOException {
    return new EmbeddedEngine(apiPort, seed, journal, toxics);
  }

  private static MultiThreadIoEventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }

  @Override
  public String name() {
    return "embedded";
  }

  @Override
  public URI api() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  @Override
  public boolean supports(String fault) {
    return fault.equals(ToxiproxyLink.DOWN) || table.kinds().any(fault).isPresent();
  }

  @Override
  public Link open(String linkName, InetSocketAddress upstream) {
    return open(linkName, "127.0.0.1:0", Address.format(upstream));
  }

  /** A link that listens where told; upstream is host:port and may be a name. */
  public Link open(String linkName, String listen, String upstream) {
    try {
      var created = client.createProxy(linkName, listen, upstream);
      Proxy proxy = proxy(linkName);
      InetSocketAddress bound = Address.parse(created.getListen()).resolve();
      return new EmbeddedLink(proxy, created, bound, new Counted(proxy));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open link " + linkName + ": " + e.getMessage(), e);
    }
  }

  /** The proxy behind a link that is open, with its counters. */
  Proxy proxy(String linkName) {
    return table.get(linkName).orElseThrow();
  }

  @Override
  public void close() {
    server.close();
    table.close();
    stopLoops();
  }

  private void stopLoops() {
    var proxies = proxyLoops.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    var api = apiLoop.shutdownGracefully(0, 2, TimeUnit.SECONDS);
    proxies.awaitUninterruptibly(5, TimeUnit.SECONDS);
    api.awaitUninterruptibly(5, TimeUnit.SECONDS);
  }

  /** The counts that the proxy itself keeps. */
  private record Counted(Proxy proxy) implements Evidence {
    @Override
    public LongSupplier of(String fault, String toxic, Set<Direction> directions) {
      return proxy.toxic(toxic).orElseThrow()::bites;
    }

    @Override
    public LongSupplier ofDown() {
      long before = proxy.cuts();
      return () -> proxy.cuts() - before;
    }
  }
}
