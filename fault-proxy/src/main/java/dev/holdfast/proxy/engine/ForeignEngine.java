package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.toxic.FrameListener;
import dev.holdfast.proxy.wire.Address;
import eu.rekawek.toxiproxy.Proxy;
import eu.rekawek.toxiproxy.ToxiproxyClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A Toxiproxy that is not ours, reached by its API. Between it and each server stands a proxy of
 * ours without faults, the {@link Tap}, which sees whether a fault had anything to bite.
 */
abstract class ForeignEngine implements FaultEngine {
  private final String name;
  private final URI api;
  private final ToxiproxyClient client;
  private final EmbeddedEngine taps;

  ForeignEngine(String name, URI api, EmbeddedEngine taps) {
    this.name = name;
    this.api = api;
    this.client = new ToxiproxyClient(api.getHost(), api.getPort());
    this.taps = taps;
  }

  /** Where this Toxiproxy should listen, as it sees it. */
  abstract String listen();

  /** Where the tap should listen so that this Toxiproxy reaches it. */
  abstract String tapListen();

  /** What this Toxiproxy calls the address on which a tap listens. */
  abstract String reached(InetSocketAddress tap);

  /** Where clients find a proxy that listens there. */
  abstract InetSocketAddress published(String listen) throws IOException;

  /** Ends what was started for this engine. */
  abstract void release();

  @Override
  public String name() {
    return name;
  }

  @Override
  public URI api() {
    return api;
  }

  /** A Toxiproxy reads on while nothing passes, and its sockets have the system's own buffers. */
  @Override
  public boolean holdsBack() {
    return false;
  }

  @Override
  public boolean supports(String fault) {
    return fault.equals(ToxiproxyLink.DOWN) || Typed.NAMES.contains(fault);
  }

  @Override
  public Link open(String linkName, InetSocketAddress upstream) {
    Link tap = taps.open(linkName, tapListen(), Address.format(upstream));
    try {
      Proxy proxy = client.createProxy(linkName, listen(), reached(tap.listen()));
      Evidence evidence = new Tap(taps.proxy(linkName));
      return new TappedLink(proxy, published(proxy.getListen()), evidence, tap);
    } catch (IOException e) {
      tap.close();
      throw new UncheckedIOException("cannot open link " + linkName + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    taps.close();
    release();
  }

  /** What the Toxiproxy there says it is, or null while it does not answer. */
  static @Nullable String version(URI api) {
    try {
      return new ToxiproxyClient(api.getHost(), api.getPort()).version();
    } catch (IOException e) {
      return null;
    }
  }

  private static final class TappedLink extends ToxiproxyLink {
    private final Link tap;

    TappedLink(Proxy proxy, InetSocketAddress listen, Evidence evidence, Link tap) {
      super(proxy, listen, evidence);
      this.tap = tap;
    }

    /** The proxy of ours in front of the server sees them. */
    @Override
    public boolean watch(FrameListener listener) {
      return tap.watch(listener);
    }

    @Override
    public synchronized void close() {
      super.close();
      tap.close();
    }
  }
}
