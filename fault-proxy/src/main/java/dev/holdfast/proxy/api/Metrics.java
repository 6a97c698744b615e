package dev.holdfast.proxy.api;

import dev.holdfast.proxy.wire.Direction;
import dev.holdfast.proxy.wire.Installed;
import dev.holdfast.proxy.wire.Proxy;
import dev.holdfast.proxy.wire.Traffic;
import java.util.List;
import java.util.function.ToLongFunction;

/** The counters of all proxies in Prometheus' text format, the bytes under Toxiproxy's names. */
final class Metrics {
  private final StringBuilder out = new StringBuilder();

  private Metrics() {}

  static Answer answer(List<Proxy> proxies) {
    Metrics metrics = new Metrics();
    metrics.bytes(proxies, "toxiproxy_proxy_received_bytes_total", t -> t.received().sum());
    metrics.bytes(proxies, "toxiproxy_proxy_sent_bytes_total", t -> t.sent().sum());
    metrics.bites(proxies);
    return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics.out.toString());
  }

  private void bytes(List<Proxy> proxies, String name, ToLongFunction<Traffic> count) {
    head(name);
    for (Proxy proxy : proxies) {
      for (Direction direction : Direction.values()) {
        out.append(name).append('{');
        label("direction", direction.word());
        label("listener", proxy.listen());
        label("proxy", proxy.name());
        label("upstream", proxy.upstream());
        value(count.applyAsLong(proxy.traffic(direction)));
      }
    }
  }

  private void bites(List<Proxy> proxies) {
    head("holdfast_fault_bites_total");
    for (Proxy proxy : proxies) {
      for (Installed fault : proxy.toxics()) {
        out.append("holdfast_fault_bites_total{");
        label("fault", fault.name());
        label("proxy", proxy.name());
        label("type", fault.type());
        value(fault.bites());
      }
    }
  }

  private void head(String name) {
    out.append("# TYPE ").append(name).append(" counter\n");
  }

  private void label(String name, String value) {
    out.append(out.charAt(out.length() - 1) == '{' ? "" : ",").append(name).append("=\"");
    out.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    out.append('"');
  }

  private void value(long value) {
    out.append("} ").append(value).append('\n');
  }
}
