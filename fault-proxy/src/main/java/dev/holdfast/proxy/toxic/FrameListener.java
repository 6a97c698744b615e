package dev.holdfast.proxy.toxic;

/** Is told of frames as they enter a link, on its event loop: it must not block. */
@FunctionalInterface
public interface FrameListener {
  /**
   * A text or binary frame came by.
   *
   * @param connection which one of its link, counted from 1
   * @param fromClient whether a client sent it
   */
  void passed(long connection, boolean fromClient, String text);
}
