package dev.holdfast.proxy.contract;

import static eu.rekawek.toxiproxy.model.ToxicDirection.DOWNSTREAM;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.proxy.contract.Bench.Pair;
import dev.holdfast.proxy.contract.Wire.End;
import dev.holdfast.proxy.engine.FaultEngine;
import dev.holdfast.proxy.wire.Still;
import eu.rekawek.toxiproxy.Proxy;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a proxy does with connections, with no toxic in the way, on any engine. */
@ResourceLock(Engines.LOCK)
abstract class ProxyContract {
  /** Longer than anything is waited for. */
  private static final long LONG_MS = 10L * Wire.PATIENCE_MS;

  private Bench bench;

  abstract FaultEngine engine();

  @BeforeEach
  void open() throws IOException {
    bench = new Bench(engine());
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void carriesABigMessage() throws IOException {
    Pair pair = bench.connect();
    Thread.ofVirtual().start(() -> sendQuietly(pair.client(), 4_000_000));
    assertArrayEquals(Wire.pattern(4_000_000), pair.server().receive(4_000_000));
  }

  @Test
  void carriesAMessageInTwoParts() throws IOException {
    Pair pair = bench.connect();
    pair.client().send(new byte[] {1, 2});
    assertArrayEquals(new byte[] {1, 2}, pair.server().receive(2));
    pair.client().send(new byte[] {3});
    assertArrayEquals(new byte[] {3}, pair.server().receive(1));
  }

  @Test
  void relaysACloseOfTheServerBehindItsData() throws IOException {
    Pair pair = bench.connect();
    pair.server().send(100_000);
    pair.server().close();
    assertArrayEquals(Wire.pattern(100_000), pair.client().receive(200_000));
  }

  @Test
  void relaysNoHalfClose() throws IOException {
    Pair pair = bench.connect();
    pair.client().send(10);
    pair.client().socket.shutdownOutput();
    assertEquals(10, pair.server().receive(100).length);
    assertEquals(End.FIN, pair.client().end());
  }

  @Test
  void dropsTheClientWhenTheServerIsNotThere() throws IOException {
    bench.server.close();
    try (Wire client = bench.dial(bench.proxy.getListen())) {
      assertEquals(End.FIN, client.end());
    }
  }

  @Test
  void disablingCutsAndRefusesUntilEnabledOnTheSamePort() throws IOException {
    Pair pair = bench.connect();
    String listen = bench.proxy.getListen();
    bench.proxy.toxics().latency("kept", DOWNSTREAM, 1);
    bench.proxy.disable();
    assertEquals(End.FIN, pair.client().end());
    assertEquals(End.FIN, pair.server().end());
    assertThrows(ConnectException.class, () -> bench.dial(listen));
    bench.proxy.enable();
    assertEquals(listen, bench.proxy.getListen());
    assertEquals("kept", bench.proxy.toxics().get("kept").getName());
    Pair again = bench.connect();
    again.client().send(10);
    assertEquals(10, again.server().receive(10).length);
  }

  @Test
  void disablingLosesWhatIsQueued() throws IOException {
    bench.proxy.toxics().latency("l", DOWNSTREAM, LONG_MS);
    Pair pair = bench.connect();
    pair.server().send(100);
    assertTrue(pair.client().silentFor(50));
    bench.proxy.disable();
    assertEquals(0, pair.client().receive(100).length);
  }

  @Test
  void resetKeepsConnectionsAndTakesToxicsAway() throws IOException {
    bench.proxy.toxics().latency("l", DOWNSTREAM, LONG_MS);
    Pair pair = bench.connect();
    pair.server().send(100);
    assertTrue(pair.client().silentFor(50));
    bench.client.reset();
    assertArrayEquals(Wire.pattern(100), pair.client().receive(100));
    assertEquals(0, bench.proxy.toxics().getAll().size());
  }

  @Test
  void resetEnables() throws IOException {
    bench.proxy.disable();
    bench.client.reset();
    assertTrue(bench.client.getProxy(bench.proxy.getName()).isEnabled());
    Pair pair = bench.connect();
    pair.client().send(10);
    assertEquals(10, pair.server().receive(10).length);
  }

  @Test
  void aNewUpstreamClosesOldConnectionsAndTakesNewOnes() throws IOException {
    Pair old = bench.connect();
    try (ServerSocket other = new ServerSocket(0, 10, bench.site.server())) {
      bench.proxy.setUpstream(Bench.upstream(other));
      assertEquals(End.FIN, old.client().end());
      Wire client = bench.keep(bench.dial(bench.proxy.getListen()));
      try (Wire server = new Wire(other.accept())) {
        client.send(10);
        assertEquals(10, server.receive(10).length);
      }
    }
  }

  @Test
  void deletingClosesAndRefuses() throws IOException {
    Proxy doomed = bench.client.createProxy("doomed", bench.site.listen(), bench.upstream());
    Wire client = bench.keep(bench.dial(doomed.getListen()));
    bench.accept();
    doomed.delete();
    assertEquals(End.FIN, client.end());
    assertThrows(ConnectException.class, () -> bench.dial(doomed.getListen()));
  }

  @Test
  void aSlowReaderSlowsTheWriter() throws Exception {
    Pair pair = bench.connect();
    AtomicLong sent = new AtomicLong();
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 1_000; i++) {
                sendQuietly(pair.client(), 100_000);
                sent.addAndGet(100_000);
              }
            });
    await().during(300, TimeUnit.MILLISECONDS).until(new Still(sent)::still);
    assertTrue(sent.get() < 50_000_000, sent + " bytes went nowhere");
    pair.client().close();
    pair.server().close();
    writer.join();
  }

  private static void sendQuietly(Wire wire, int bytes) {
    try {
      wire.send(bytes);
    } catch (IOException e) {
      // The receiver misses the bytes, and says so.
    }
  }
}
