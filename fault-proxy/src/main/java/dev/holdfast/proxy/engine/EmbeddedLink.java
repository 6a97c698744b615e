package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.toxic.FrameListener;
import dev.holdfast.proxy.toxic.FrameNote;
import dev.holdfast.proxy.toxic.Kind;
import dev.holdfast.proxy.wire.Installed;
import dev.holdfast.proxy.wire.Proxy;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A link of the embedded engine: as any Toxiproxy's, and with the faults beyond. */
final class EmbeddedLink extends ToxiproxyLink {
  private final Proxy proxy;

  EmbeddedLink(
      Proxy proxy, eu.rekawek.toxiproxy.Proxy remote, InetSocketAddress listen, Evidence evidence) {
    super(remote, listen, evidence);
    this.proxy = proxy;
  }

  @Override
  public synchronized Injection inject(String fault, Map<String, Object> args) {
    boolean limited = args.containsKey("connections");
    if (fault.equals(DOWN) || (Typed.NAMES.contains(fault) && !limited)) {
      return super.inject(fault, args);
    }
    Kind kind = proxy.kinds().any(fault).orElseThrow(() -> unknown(fault));
    boolean sided = proxy.kinds().toxiproxy().contains(kind);
    return beyond(Order.of(kind, args, sided ? "downstream" : "both"));
  }

  @Override
  public boolean watch(FrameListener listener) {
    Kind kind = FrameNote.kind(listener);
    Injection unused = beyond(Order.of(kind, Map.of(), "both"));
    return true;
  }

  private IllegalArgumentException unknown(String fault) {
    var known = proxy.kinds().all().map(Kind::name).collect(Collectors.toCollection(TreeSet::new));
    known.add(DOWN);
    return Nearest.unknown("fault", fault, known);
  }

  private Injection beyond(Order order) {
    String fault = order.kind().name();
    Installed installed =
        new Installed(
            nextName(fault),
            order.directions(),
            Installed.Settings.of(order.attributes(), order.toxicity()),
            order.connections());
    proxy.add(installed);
    return new Running(fault, installed::bites, () -> proxy.remove(installed));
  }
}
