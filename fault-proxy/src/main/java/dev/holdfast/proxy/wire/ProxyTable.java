package dev.holdfast.proxy.wire;

import dev.holdfast.proxy.toxic.Toxics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The proxies of an engine by name. */
public final class ProxyTable implements AutoCloseable {
  private final Room room;
  private final ConcurrentSkipListMap<String, Proxy> proxies = new ConcurrentSkipListMap<>();

  public ProxyTable(Room room) {
    this.room = room;
  }

  /** The faults that its proxies can be given. */
  public Toxics kinds() {
    return room.toxics();
  }

  public List<Proxy> all() {
    return List.copyOf(proxies.values());
  }

  public Optional<Proxy> get(String name) {
    return Optional.ofNullable(proxies.get(name));
  }

  /** Adds a proxy; one that cannot be started is not kept. Empty if the name is taken. */
  public synchronized Optional<Proxy> create(
      String name, String listen, String upstream, boolean enabled) throws IOException {
    if (proxies.containsKey(name)) {
      return Optional.empty();
    }
    Proxy proxy = new Proxy(room, name, listen, upstream);
    if (enabled) {
      proxy.start();
    }
    proxies.put(name, proxy);
    return Optional.of(proxy);
  }

  /** As create, but a proxy of that name stays if its addresses are the same, else is replaced. */
  public synchronized Proxy populate(String name, String listen, String upstream, boolean enabled)
      throws IOException {
    Proxy existing = proxies.get(name);
    if (existing != null) {
      if (existing.sameAddress(listen) && existing.upstream().equals(upstream)) {
        return existing;
      }
      remove(name);
    }
    return create(name, listen, upstream, enabled).orElseThrow();
  }

  /** Removes a proxy and closes what it has open; false if there is none. */
  public synchronized boolean remove(String name) {
    Proxy proxy = proxies.remove(name);
    if (proxy != null) {
      proxy.dispose();
    }
    return proxy != null;
  }

  /** Enables all proxies and removes all toxics. */
  public void reset() throws IOException {
    for (Proxy proxy : all()) {
      proxy.start();
      proxy.toxics().forEach(proxy::remove);
    }
  }

  @Override
  public void close() {
    all().forEach(proxy -> remove(proxy.name()));
  }
}
