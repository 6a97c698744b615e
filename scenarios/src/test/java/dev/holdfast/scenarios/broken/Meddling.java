package dev.holdfast.scenarios.broken;

import java.util.List;

/** What is done to what passes between a peer and a sound server; by itself, nothing. */
public interface Meddling {

  /** One WebSocket that passes through. */
  interface Line {
    /** Sends something to the peer beside what the server says. */
    void tellPeer(WireFrame frame);

    /** Sends something to the server beside what the peer says. */
    void tellServer(WireFrame frame);
  }

  /** A request's head on its way to the server; may be kept waiting. */
  default String request(String head) throws InterruptedException {
    return head;
  }

  /** What is answered to a request instead of the server's body. */
  default String body(String request, String body) {
    return body;
  }

  /** The head of an answer on its way to the peer. */
  default String answer(String head) {
    return head;
  }

  default void opened(Line line) {}

  default void ended(Line line) {}

  /** What reaches the server instead of a frame of the peer's. */
  default List<WireFrame> toServer(Line line, WireFrame frame) {
    return List.of(frame);
  }

  /** What reaches the peer instead of a frame of the server's. */
  default List<WireFrame> toPeer(Line line, WireFrame frame) {
    return List.of(frame);
  }
}
