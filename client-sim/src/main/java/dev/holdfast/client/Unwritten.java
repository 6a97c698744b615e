package dev.holdfast.client;

import dev.holdfast.protocol.client.ClientInput;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** What connections did not take, or gave back, until they ended. */
final class Unwritten {
  private final Map<Integer, List<String>> ids = new ConcurrentHashMap<>();

  /** Takes note of a frame; one without an id is never said again. */
  void add(int connection, @Nullable String id) {
    if (id != null) {
      ids.computeIfAbsent(connection, unknown -> new CopyOnWriteArrayList<>()).add(id);
    }
  }

  /** The end of a connection, with what was not written to it. */
  ClientInput of(ClientInput.Closed closed) {
    List<String> left = ids.remove(closed.connection());
    return left == null
        ? closed
        : new ClientInput.Closed(closed.connection(), closed.code(), closed.reason(), left);
  }
}
