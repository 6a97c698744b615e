package dev.holdfast.server.session;

import dev.holdfast.protocol.frame.ToolExecution;
import dev.holdfast.protocol.server.AgentEvent;
import dev.holdfast.protocol.server.ServerInput;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the agent says of one run to the session; holds the agent back when that is full, and
 * at the start of a tool until it is kept, where anything is: a crash must find it there.
 */
final class Ear implements Consumer<AgentEvent> {

  /** Takes a letter to the session; false when there is nobody to read it. */
  @FunctionalInterface
  interface Post {
    boolean letter(Letter letter, boolean mayWait) throws InterruptedException;
  }

  private final String runId;
  private final EventExecutor loop;
  private final boolean keeps;
  private final Post post;
  private volatile boolean over;

  /**
   * @param keeps whether the store survives a crash
   */
  Ear(String runId, EventExecutor loop, boolean keeps, Post post) {
    this.runId = runId;
    this.loop = loop;
    this.keeps = keeps;
    this.post = post;
  }

  static boolean ends(AgentEvent event) {
    return event instanceof AgentEvent.Answer || event instanceof AgentEvent.Failed;
  }

  @Override
  public void accept(AgentEvent event) {
    if (over) {
      return;
    }
    over = ends(event);
    try {
      boolean mayWait = !loop.inEventLoop();
      if (mayWait && keeps && startsTool(event)) {
        CountDownLatch kept = new CountDownLatch(1);
        if (post.letter(letter(event, kept::countDown), true)) {
          kept.await();
        }
      } else {
        boolean unused = post.letter(letter(event, null), mayWait);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean startsTool(AgentEvent event) {
    return event instanceof AgentEvent.Tool tool && tool.status().equals(ToolExecution.RUNNING);
  }

  private Letter letter(AgentEvent event, @Nullable Runnable whenDone) {
    return Letter.said(new ServerInput.AgentSaid(runId, event), whenDone);
  }
}
