package dev.holdfast.server.store;

import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.frame.SnapshotRun;
import dev.holdfast.protocol.server.Claim;
import dev.holdfast.protocol.server.ClientPositions;
import dev.holdfast.protocol.server.Run;
import dev.holdfast.protocol.server.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;
import org.pcollections.PVector;

/**
 * What became of a session between two of its states, as far as it outlives the process.
 *
 * <p>States share what did not change, so most of this compares references. Pieces of an answer are
 * left out: the whole comes in the end, or the run ends as interrupted.
 */
@SuppressWarnings("ReferenceEquality")
record Change(SessionState before, SessionState after) {

  /** Whether it may not be lost once a peer has seen its effects; acknowledgements may be. */
  boolean matters() {
    return headChanged()
        || before.claims() != after.claims()
        || before.remembered() != after.remembered()
        || (after.access() == null && before.retention() != after.retention())
        || before.runs().size() != after.runs().size()
        || !putRuns().isEmpty()
        || positionsMoved();
  }

  private boolean headChanged() {
    return before.topSeq() != after.topSeq()
        || before.expiredBelow() != after.expiredBelow()
        || before.access() != after.access()
        || !before.epoch().equals(after.epoch());
  }

  private boolean positionsMoved() {
    if (before.clients() == after.clients()) {
      return false;
    }
    for (Map.Entry<String, ClientPositions> entry : after.clients().entrySet()) {
      ClientPositions old = before.clients().get(entry.getKey());
      ClientPositions now = entry.getValue();
      if (old == null || old.attempt() != now.attempt() || old.processed() != now.processed()) {
        return true;
      }
    }
    return before.clients().size() != after.clients().size();
  }

  List<Map.Entry<String, ClientPositions>> putClients() {
    return changed(before.clients(), after.clients());
  }

  List<String> goneClients() {
    return gone(before.clients(), after.clients());
  }

  private static <V> List<Map.Entry<String, V>> changed(PMap<String, V> old, PMap<String, V> now) {
    if (old == now) {
      return List.of();
    }
    return now.entrySet().stream().filter(e -> !e.getValue().equals(old.get(e.getKey()))).toList();
  }

  private static <V> List<String> gone(PMap<String, V> old, PMap<String, V> now) {
    return old == now ? List.of() : old.keySet().stream().filter(k -> !now.containsKey(k)).toList();
  }

  /** How many of the oldest frames are gone. */
  int goneFrames() {
    return dropped(before.retention().frames(), after.retention().frames());
  }

  List<Frame> newFrames() {
    return added(before.retention().frames(), after.retention().frames());
  }

  List<SnapshotRun> goneEnds() {
    PVector<SnapshotRun> old = before.remembered();
    return old.subList(0, dropped(old, after.remembered()));
  }

  List<SnapshotRun> newEnds() {
    return added(before.remembered(), after.remembered());
  }

  /** Both lists only ever lose their oldest and gain at their end, or are made anew. */
  private static <V> int dropped(PVector<V> old, PVector<V> now) {
    if (old == now) {
      return 0;
    }
    int index = 0;
    while (index < old.size() && (now.isEmpty() || old.get(index) != now.get(0))) {
      index++;
    }
    return index;
  }

  private static <V> List<V> added(PVector<V> old, PVector<V> now) {
    return now.subList(old.size() - dropped(old, now), now.size());
  }

  /** Runs that are new, or whose part that outlives the process is. */
  List<Run> putRuns() {
    if (before.runs() == after.runs()) {
      return List.of();
    }
    List<Run> put = new ArrayList<>();
    for (Run run : after.runs()) {
      Run old = find(before.runs(), run.id());
      if (old == null || differs(old, run)) {
        put.add(run);
      }
    }
    return put;
  }

  private static boolean differs(Run old, Run now) {
    return old.started() != now.started()
        || old.tools() != now.tools()
        || !Objects.equals(old.doomed(), now.doomed());
  }

  List<Run> goneRuns() {
    return before.runs().stream().filter(run -> find(after.runs(), run.id()) == null).toList();
  }

  private static @Nullable Run find(PVector<Run> runs, String id) {
    for (Run run : runs) {
      if (run.id().equals(id)) {
        return run;
      }
    }
    return null;
  }

  /** Ids are given up all at once, after a long absence. */
  boolean claimsGivenUp() {
    if (before.claims().isEmpty() || before.claims() == after.claims()) {
      return false;
    }
    Map.Entry<String, Claim> any = before.claims().entrySet().iterator().next();
    Claim now = after.claims().get(any.getKey());
    return now == null || !now.runId().equals(any.getValue().runId());
  }

  /**
   * Ids that were claimed, or whose run ended or was told of: a long session has too many to
   * compare them all.
   */
  List<Map.Entry<String, Claim>> putClaims() {
    if (before.claims() == after.claims()) {
      return List.of();
    }
    TreeSet<String> touched = new TreeSet<>();
    before.runs().forEach(run -> touched.add(run.messageId()));
    after.runs().forEach(run -> touched.add(run.messageId()));
    newEnds().forEach(end -> touched.add(String.valueOf(end.messageId())));
    newFrames().forEach(frame -> touched.add(String.valueOf(frame.envelope().replyTo())));
    List<Map.Entry<String, Claim>> put = new ArrayList<>();
    for (String id : touched) {
      Claim now = after.claims().get(id);
      if (now != null && now != before.claims().get(id)) {
        put.add(Map.entry(id, now));
      }
    }
    return put;
  }
}
