package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.toxic.Toxics;
import dev.holdfast.proxy.wire.Direction;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.model.Toxic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** A link that any Toxiproxy serves, ours or the real one, driven by toxiproxy-java. */
class ToxiproxyLink implements Link {
  static final String DOWN = "down";

  private final Proxy proxy;
  private final InetSocketAddress listen;
  private final Evidence evidence;
  private int injections;
  private int downs;
  private boolean closed;

  ToxiproxyLink(Proxy proxy, InetSocketAddress listen, Evidence evidence) {
    this.proxy = proxy;
    this.listen = listen;
    this.evidence = evidence;
  }

  @Override
  public InetSocketAddress listen() {
    return listen;
  }

  @Override
  public synchronized Injection inject(String fault, Map<String, Object> args) {
    if (fault.equals(DOWN)) {
      return down(args);
    }
    if (!Typed.NAMES.contains(fault)) {
      var known = new TreeSet<>(Typed.NAMES);
      known.add(DOWN);
      throw Nearest.unknown("fault", fault, known);
    }
    return toxic(Order.of(Toxics.ALL.any(fault).orElseThrow(), args, "downstream"));
  }

  /** A name for the next toxic that no earlier one had. */
  synchronized String nextName(String fault) {
    injections++;
    return fault + "_" + injections;
  }

  private Injection down(Map<String, Object> args) {
    for (String name : args.keySet()) {
      throw Nearest.unknown("argument of " + DOWN, name, List.of());
    }
    LongSupplier bites = evidence.ofDown();
    downs++;
    run(proxy::disable);
    return new Running(DOWN, bites, this::up);
  }

  private synchronized void up() {
    downs--;
    if (downs == 0 && !closed) {
      run(proxy::enable);
    }
  }

  private Injection toxic(Order order) {
    if (order.connections() > 0) {
      throw new IllegalArgumentException("connections needs the embedded engine");
    }
    String name = nextName(order.kind().name());
    List<Toxic> created = new ArrayList<>();
    List<LongSupplier> bites = new ArrayList<>();
    for (Direction direction : order.directions()) {
      String own = name + "_" + direction.word();
      run(() -> created.add(Typed.create(proxy.toxics(), own, direction, order)));
      bites.add(evidence.of(order.kind().name(), own, Set.of(direction)));
    }
    return new Running(
        order.kind().name(),
        () -> bites.stream().mapToLong(LongSupplier::getAsLong).sum(),
        () -> remove(created));
  }

  private synchronized void remove(List<Toxic> toxics) {
    for (Toxic toxic : toxics) {
      if (!closed) {
        run(toxic::remove);
      }
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      run(proxy::delete);
    }
  }

  /** Something that talks to the API. */
  interface Talk {
    void run() throws IOException;
  }

  static void run(Talk talk) {
    try {
      talk.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
