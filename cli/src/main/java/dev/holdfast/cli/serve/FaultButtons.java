package dev.holdfast.cli.serve;

import dev.holdfast.proxy.engine.EmbeddedEngine;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import dev.holdfast.server.inspect.FaultPanel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fault proxy in front of a server that is inspected, and the buttons that work it.
 *
 * <p>It ends with {@link #close}; the server behind it is not its own.
 */
public final class FaultButtons implements FaultPanel, AutoCloseable {
  private static final String CUT = "cut";

  private record Fault(String name, String says, String toxic, Map<String, Object> args) {}

  /** All buttons; what is pressed stays at work until it is pressed again, but for the cut. */
  private static final List<Fault> FAULTS =
      List.of(
          new Fault(CUT, "Ends every connection now; the next may come at once", "down", Map.of()),
          new Fault(
              "half-open",
              "Connections fall silent and are not closed; new ones pass",
              "half_open",
              Map.of()),
          new Fault("slow", "Everything comes 400 ms late", "latency", Map.of("latency", 400)),
          new Fault(
              "swallow pongs",
              "The server's pongs are lost",
              "frame_drop",
              Map.of("type", "pong", "stream", "downstream")));

  private final EmbeddedEngine engine;
  private final Map<String, Injection> atWork = new HashMap<>();
  private @Nullable Link link;
  private String chatUrl = "/";

  private FaultButtons(EmbeddedEngine engine) {
    this.engine = engine;
  }

  public static FaultButtons start() throws IOException {
    return new FaultButtons(EmbeddedEngine.start(0, System.nanoTime()));
  }

  /** Listens where peers come, in front of a server; returns the port. */
  public synchronized int listen(String host, int port, int serverPort) {
    InetSocketAddress server = new InetSocketAddress(host, serverPort);
    Link opened = engine.open("inspect", host + ":" + port, host + ":" + server.getPort());
    link = opened;
    chatUrl = "http://" + host + ":" + opened.listen().getPort() + "/";
    return opened.listen().getPort();
  }

  @Override
  public synchronized String chatUrl() {
    return chatUrl;
  }

  @Override
  public synchronized List<Button> buttons() {
    return FAULTS.stream()
        .map(fault -> {
          Injection injection = atWork.get(fault.name());
          long bites = injection == null ? 0 : injection.bites();
          return new Button(fault.name(), fault.says(), injection != null, bites);
        })
        .toList();
  }

  @Override
  public synchronized boolean press(String name) {
    Link opened = link;
    for (Fault fault : FAULTS) {
      if (fault.name().equals(name) && opened != null) {
        press(opened, fault);
        return true;
      }
    }
    return false;
  }

  private void press(Link opened, Fault fault) {
    Injection injection = atWork.remove(fault.name());
    if (injection != null) {
      injection.remove();
    } else if (fault.name().equals(CUT)) {
      opened.inject(fault.toxic(), fault.args()).remove();
    } else {
      atWork.put(fault.name(), opened.inject(fault.toxic(), fault.args()));
    }
  }

  @Override
  public synchronized void close() {
    if (link != null) {
      link.close();
    }
    engine.close();
  }
}
