package dev.holdfast.proxy.contract;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.proxy.engine.Injection;
import dev.holdfast.proxy.engine.Link;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether a fault struck, on any engine: never without traffic, always once it had something. */
@ResourceLock(Engines.LOCK)
abstract class BitesContract {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private ServerSocket server;
  private Link link;
  private final List<Wire> wires = new ArrayList<>();

  abstract FaultEngine engine();

  @BeforeEach
  void open() throws IOException {
    FaultEngine engine = engine();
    server = new ServerSocket(0, 50, Site.of(engine).server());
    link =
        engine.open(
            "bites" + NAMES.incrementAndGet(), (InetSocketAddress) server.getLocalSocketAddress());
  }

  @AfterEach
  void close() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
    link.close();
    server.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("latency", Map.of("latency", 500)),
        Arguments.of("bandwidth", Map.of("rate", 100)),
        Arguments.of("slicer", Map.of("average_size", 1)),
        Arguments.of("timeout", Map.of("timeout", 0)),
        Arguments.of("slow_close", Map.of("delay", 1)),
        Arguments.of("reset_peer", Map.of("timeout", 1)),
        Arguments.of("limit_data", Map.of("bytes", 1)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultBitesWhenItHasSomethingToBiteAndNotBefore(String fault, Map<String, Object> args)
      throws IOException {
    Injection injected = link.inject(fault, args);
    assertEquals(0, injected.bites());
    Wire accepted = connect();
    accepted.send(10);
    accepted.close();
    await().until(() -> injected.bites() > 0);
    injected.remove();
  }

  @Test
  void downBitesOnlyWhereThereWasAConnection() throws IOException {
    Injection idle = link.inject("down", Map.of());
    idle.remove();
    assertEquals(0, idle.bites());
    connect();
    Injection down = link.inject("down", Map.of());
    await().until(() -> down.bites() == 1);
    down.remove();
  }

  /** A connection through the link; its server's side. */
  private Wire connect() throws IOException {
    wires.add(Wire.connect(link.listen()));
    wires.add(new Wire(server.accept()));
    return wires.getLast();
  }
}
