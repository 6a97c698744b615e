package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Toxics;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening address whose connections are put through to an upstream address under a list of
 * toxics. What changes a proxy may block for a moment and has happened on every live connection
 * when it returns; it must not be called from an event loop.
 */
public final class Proxy {
  private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);

  /** An event loop that takes longer than this to obey is a fault of ours. */
  private static final long OBEY_SECONDS = 10;

  private final String name;
  private final Room room;
  private final Listener listener;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final Map<Direction, Traffic> traffic = new EnumMap<>(Direction.class);
  private final LongAdder cuts = new LongAdder();
  private final LongAdder ended = new LongAdder();

  /** Guards the fields below; held for moments, also by event loops. */
  private final Object state = new Object();

  private final List<Installed> toxics = new ArrayList<>();
  private boolean enabled;
  private String listen;
  private String upstream;

  Proxy(Room room, String name, String listen, String upstream) {
    this.room = room;
    this.name = name;
    this.listen = listen;
    this.upstream = upstream;
    this.listener = new Listener(room, this::accepted);
    for (Direction direction : Direction.values()) {
      traffic.put(direction, new Traffic());
    }
  }

  public String name() {
    return name;
  }

  /** Where it listens; a port 0 that was asked for is the true port here. */
  public String listen() {
    synchronized (state) {
      return listen;
    }
  }

  public String upstream() {
    synchronized (state) {
      return upstream;
    }
  }

  public boolean enabled() {
    synchronized (state) {
      return enabled;
    }
  }

  public Traffic traffic(Direction direction) {
    return java.util.Objects.requireNonNull(traffic.get(direction));
  }

  /** How many connections disabling it has cut. */
  public long cuts() {
    return cuts.sum();
  }

  /** How many connections have ended, however they did. */
  public long ended() {
    return ended.sum();
  }

  /** Connections that have a socket open. */
  public int connections() {
    return connections.size();
  }

  /** The faults that it can be given. */
  public Toxics kinds() {
    return room.toxics();
  }

  Room room() {
    return room;
  }

  /** Starts to listen, unless it does already. */
  public synchronized void start() throws IOException {
    if (enabled()) {
      return;
    }
    synchronized (state) {
      enabled = true; // A connection may come before open() has returned.
    }
    try {
      String bound = Address.format(listener.open(Address.parse(listen()).resolve()));
      synchronized (state) {
        listen = bound;
      }
    } catch (IOException e) {
      synchronized (state) {
        enabled = false;
      }
      throw e;
    }
  }

  /** Stops listening and closes what is open; it keeps port and toxics. */
  public synchronized void stop() {
    if (!enabled()) {
      return;
    }
    listener.close();
    synchronized (state) {
      enabled = false;
    }
    List<ChannelFuture> closing = new ArrayList<>();
    for (Connection connection : connections) {
      cuts.increment();
      closing.addAll(connection.close());
    }
    closing.forEach(Proxy::await);
  }

  /** Stops for good and gives the port up. */
  synchronized void dispose() {
    stop();
    listener.forget();
  }

  /** Takes up new settings; a change of address closes what is open. */
  public synchronized void update(String newListen, String newUpstream, boolean newEnabled)
      throws IOException {
    boolean moved = !sameAddress(newListen);
    if (moved || !newUpstream.equals(upstream())) {
      stop();
      if (moved) {
        listener.forget();
      }
      synchronized (state) {
        listen = newListen;
        upstream = newUpstream;
      }
    }
    if (newEnabled) {
      start();
    } else {
      stop();
    }
  }

  /** Whether this address is where it listens anyway. */
  boolean sameAddress(String wanted) throws UnknownHostException {
    String now = listen();
    return wanted.equals(now) || Address.format(Address.parse(wanted).resolve()).equals(now);
  }

  /** The toxics in the order of their creation. */
  public List<Installed> toxics() {
    synchronized (state) {
      return List.copyOf(toxics);
    }
  }

  public Optional<Installed> toxic(String toxicName) {
    return toxics().stream().filter(toxic -> toxic.name().equals(toxicName)).findFirst();
  }

  /** Adds a toxic, on live connections too; false if the name is taken. */
  public synchronized boolean add(Installed toxic) {
    if (toxic(toxic.name()).isPresent()) {
      return false;
    }
    toxic.after(listener.connections());
    synchronized (state) {
      toxics.add(toxic);
    }
    onEach(connection -> connection.each(conduit -> conduit.add(toxic)));
    return true;
  }

  public synchronized void update(Installed toxic, Installed.Settings settings) {
    toxic.settings(settings);
    onEach(connection -> connection.each(conduit -> conduit.update(toxic)));
  }

  /** Removes a toxic, on live connections too; false if it is gone already. */
  public synchronized boolean remove(Installed toxic) {
    synchronized (state) {
      if (!toxics.remove(toxic)) {
        return false;
      }
    }
    onEach(connection -> connection.remove(toxic));
    return true;
  }

  private void onEach(Consumer<Connection> action) {
    List<Future<?>> done = new ArrayList<>();
    synchronized (state) {
      for (Connection connection : connections) {
        done.add(connection.loop().submit(() -> action.accept(connection)));
      }
    }
    done.forEach(Proxy::await);
  }

  private static void await(Future<?> future) {
    if (!future.awaitUninterruptibly(OBEY_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("an event loop has been busy for " + OBEY_SECONDS + " s");
    }
  }

  private void accepted(Channel client, long number) {
    Connection connection = new Connection(this, number, client);
    if (adopt(connection)) {
      client.closeFuture().addListener(f -> leave(connection));
      connection.greet(toxics(), () -> lookUp(connection));
    } else {
      connection.close();
    }
  }

  private boolean adopt(Connection connection) {
    synchronized (state) {
      return enabled && connections.add(connection);
    }
  }

  /** Resolves upstream off the event loop, so that a slow name service holds nobody else up. */
  private void lookUp(Connection connection) {
    String wanted = upstream();
    Thread.ofVirtual()
        .name("resolve " + wanted)
        .start(() -> {
          try {
            InetSocketAddress address = Address.parse(wanted).resolve();
            connection.loop().execute(() -> dial(connection, address));
          } catch (UnknownHostException e) {
            LOG.warn("{}: cannot reach upstream {}: {}", name, wanted, e.getMessage());
            connection.close();
          } catch (RejectedExecutionException e) {
            LOG.debug("{}: the engine ended before {} could be dialled", name, wanted);
          }
        });
  }

  private void dial(Connection connection, InetSocketAddress address) {
    connection.dial(address, this::toxics);
    connection.whenClosed(() -> leave(connection));
  }

  private void leave(Connection connection) {
    if (!connection.open() && connections.remove(connection)) {
      ended.increment();
    }
  }
}
