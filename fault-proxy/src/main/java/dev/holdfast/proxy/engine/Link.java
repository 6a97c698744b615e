package dev.holdfast.proxy.engine;

import dev.holdfast.proxy.toxic.FrameListener;
import java.net.InetSocketAddress;
import java.util.Map;

/** A proxy in front of one server. */
public interface Link extends AutoCloseable {
  /** Where clients connect to. */
  InetSocketAddress listen();

  /**
   * Starts a fault: {@code down} disables the link, any toxic goes by its name. Arguments are the
   * attributes of the toxic, {@code stream} (upstream, downstream; both where the fault has no side
   * of its own) and {@code toxicity}.
   *
   * @throws IllegalArgumentException for a fault or an argument that is not known, naming the
   *     nearest that is
   */
  Injection inject(String fault, Map<String, Object> args);

  /**
   * Tells of each frame that enters this link from now on, on connections that open from now on.
   *
   * @return false where this engine cannot see frames
   */
  default boolean watch(FrameListener listener) {
    return false;
  }

  @Override
  void close();
}
