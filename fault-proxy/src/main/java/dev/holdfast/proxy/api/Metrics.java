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
    return new Answer(
        200, "text/plain; version=0.0.4; charset=utf-8", metrics.out.toString());
  }

  private void bytes(List<Proxy> proxies, String name, ToLongFunction<Traffic> count) {
    head(name);
    for (Proxy proxy : proxies) {
      for (Direction direction : Direction.values()) {
        line(
            name + "{direction=\"%s\",listener=\"%s\",proxy=\"%s\",upstream=\"%s\"}",
            count.applyAsLong(proxy.traffic(direction)),
            direction.word(),
            escaped(proxy.listen()),
            escaped(proxy.name()),
            escaped(proxy.upstream()));
      }
    }
  }

  private void bites(List<Proxy> proxies) {
    head("holdfast_fault_bites_total");
    for (Proxy proxy : proxies) {
      for (Installed fault : proxy.toxics()) {
        line(
            "holdfast_fault_bites_total{fault=\"%s\",proxy=\"%s\",type=\"%s\"}",
            fault.bites(), escaped(fault.name()), escaped(proxy.name()), fault.type());
      }
    }
  }

  private void head(String name) {
    out.append("# TYPE ").append(name).append(" counter\n");
  }

  private void line(String series, long value, Object... labels) {
    out.append(String.format(series, labels)).append(' ').append(value).append('\n');
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
