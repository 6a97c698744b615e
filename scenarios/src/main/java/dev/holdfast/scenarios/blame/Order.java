package dev.holdfast.scenarios.blame;

import dev.holdfast.protocol.journal.HistoryRecord;
import dev.holdfast.report.result.Blame;
import dev.holdfast.report.result.Culprit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Blame for what came in the wrong order, or twice: where along its way it first went wrong. */
final class Order {
  private static final int SHOWN = 8;

  private Order() {}

  static @Nullable Blame blame(Testimony t) {
    for (String person : people(t)) {
      List<HistoryRecord> said = t.all(r -> Testimony.said(r) && r.process().equals(person));
      List<String> ids = ids(said, r -> r.text("id"));
      List<HistoryRecord> sent = firsts(t, Testimony::fromClient, ids, "id");
      if (!inOrder(ids, ids(sent, r -> r.text("id")))) {
        return new Blame(
            Culprit.CLIENT,
            "it sent messages in another order than they were said",
            t.lines(join(said, sent)));
      }
      List<HistoryRecord> ends =
          firsts(t, r -> Testimony.fromServer(r) && r.data().containsKey("ends"), ids, "reply_to");
      if (!inOrder(ids(sent, r -> r.text("id")), ids(ends, r -> r.text("reply_to")))) {
        return new Blame(
            Culprit.SERVER,
            "messages reached it in order, and their answers left it in another",
            t.lines(join(sent, ends)));
      }
    }
    return t.meddled("frame_reorder")
        ? new Blame(
            Culprit.NETWORK, "a fault swapped frames that left the server in order", List.of())
        : null;
  }

  /** An end that left the server twice on one connection is its own; one doubled later is not. */
  static @Nullable Blame twice(Testimony t) {
    Map<String, List<HistoryRecord>> ends = new HashMap<>();
    for (HistoryRecord r : t.all(r -> Testimony.fromServer(r) && r.data().containsKey("ends"))) {
      String of = r.text("reply_to") == null ? r.text("run_id") : r.text("reply_to");
      if (of != null && !r.data().containsKey("replay")) {
        ends.computeIfAbsent(of, k -> new ArrayList<>()).add(r);
      }
    }
    for (Map.Entry<String, List<HistoryRecord>> end : ends.entrySet()) {
      if (end.getValue().size() > 1) {
        List<HistoryRecord> sent =
            t.all(r -> Testimony.fromClient(r) && end.getKey().equals(r.text("id")));
        boolean runs = end.getValue().stream().map(r -> r.text("run_id")).distinct().count() > 1;
        return new Blame(
            Culprit.SERVER,
            runs
                ? "it worked on " + end.getKey() + " twice, though its id says that it is one"
                : "the end of " + end.getKey() + " left it " + end.getValue().size() + " times",
            t.lines(join(sent, end.getValue())));
      }
    }
    return t.meddled("frame_duplicate")
        ? new Blame(Culprit.NETWORK, "a fault doubled frames that left the server once", List.of())
        : null;
  }

  private static List<String> people(Testimony t) {
    return t.all(Testimony::said).stream().map(HistoryRecord::process).distinct().toList();
  }

  /** The first record of each id, in the order in which they came. */
  private static List<HistoryRecord> firsts(
      Testimony t, Predicate<HistoryRecord> which, List<String> ids, String name) {
    Map<String, HistoryRecord> firsts = new java.util.LinkedHashMap<>();
    for (HistoryRecord r : t.all(which)) {
      String id = r.text(name);
      if (id != null && ids.contains(id)) {
        firsts.putIfAbsent(id, r);
      }
    }
    return List.copyOf(firsts.values());
  }

  private static List<String> ids(
      List<HistoryRecord> records, Function<HistoryRecord, @Nullable String> name) {
    List<String> ids = new ArrayList<>();
    for (HistoryRecord r : records) {
      String id = name.apply(r);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** Whether what is in both comes in the same order. */
  private static boolean inOrder(List<String> due, List<String> seen) {
    List<String> common = new ArrayList<>(due);
    common.retainAll(seen);
    List<String> same = new ArrayList<>(seen);
    same.retainAll(due);
    return common.equals(same);
  }

  private static List<HistoryRecord> join(List<HistoryRecord> a, List<HistoryRecord> b) {
    List<HistoryRecord> all = new ArrayList<>(a.subList(0, Math.min(SHOWN, a.size())));
    all.addAll(b.subList(0, Math.min(SHOWN, b.size())));
    return all;
  }
}
