package dev.holdfast.proxy.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.holdfast.proxy.toxic.Toxics;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ListenerTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private MultiThreadIoEventLoopGroup loops;
  private Listener listener;

  @BeforeEach
  void make() {
    loops =
        new MultiThreadIoEventLoopGroup(
            2, new DefaultThreadFactory("loop", true), NioIoHandler.newFactory());
    Room room = new Room(loops, 1, Decision.Journal.NONE, Toxics.ALL);
    listener = new Listener(room, ListenerTest::refuse);
  }

  @AfterEach
  void end() {
    listener.forget();
    loops.shutdownGracefully().awaitUninterruptibly();
  }

  /** A closed listener's descriptor lives until its event loop has asked the selector again. */
  @Test
  void opensAgainWhileItsOldEventLoopIsStillBusy() throws Exception {
    InetSocketAddress at = listener.open(ANY);
    EventLoop loop = loops.next(); // The second one; the first has the listener.
    EventLoop busy = loops.next();
    CountDownLatch queued = new CountDownLatch(1);
    CountDownLatch opening = new CountDownLatch(1);
    for (EventLoop each : new EventLoop[] {loop, busy}) {
      each.execute(() -> hold(queued));
    }
    Thread closing = Thread.ofVirtual().start(listener::close);
    await().until(() -> closing.getState() == Thread.State.WAITING);
    busy.execute(() -> hold(opening)); // Behind the close, before the selector's turn.
    queued.countDown();
    closing.join();
    CompletableFuture<Void> later =
        CompletableFuture.runAsync(
            opening::countDown, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
    assertEquals(at, listener.open(at));
    later.join();
    new Socket(at.getAddress(), at.getPort()).close();
  }

  @Test
  void keepsItsPortWhileClosedAndRefuses() throws IOException {
    InetSocketAddress at = listener.open(ANY);
    listener.close();
    await()
        .untilAsserted(() ->
            assertThrows(
                ConnectException.class, () -> new Socket(at.getAddress(), at.getPort()).close()));
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(false);
      assertThrows(IOException.class, () -> other.bind(at));
    }
    assertEquals(at, listener.open(at));
  }

  private static void refuse(Channel socket, long number) {
    socket.close().addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  private static void hold(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
