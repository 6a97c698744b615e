package dev.holdfast.proxy.toxic;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Toxics that are wrong in one way each, under the names of the right ones. */
public final class Twins {
  /** What is wrong, and the toxic that is. */
  public record Twin(String flaw, Kind kind) {}

  public static final Twin LATENCY_FORGETS_AGE =
      twin(
          "latency takes the time off that an earlier latency took",
          Latency.KIND,
          (a, flow) ->
              new Pipe(flow) {
                @Override
                public void chunk(Chunk chunk) {
                  long wait = a.millisAsNanos("latency") - (flow.nowNanos() - chunk.stampNanos());
                  flow.hold(chunk, wait, () -> flow.pass(chunk));
                }
              });

  public static final Twin LATENCY_IN_A_ROW =
      twin(
          "latency delays one chunk after the other",
          Latency.KIND,
          (a, flow) ->
              new Pipe(flow) {
                @Override
                public void chunk(Chunk chunk) {
                  flow.hold(chunk, a.millisAsNanos("latency"), () -> flow.pass(chunk));
                }
              });

  public static final Twin BANDWIDTH_IN_KIBIBYTES =
      twin(
          "bandwidth takes a kilobyte for 1024 bytes",
          Bandwidth.KIND,
          (a, flow) ->
              new Pipe(flow) {
                @Override
                public void chunk(Chunk chunk) {
                  int piece = (int) Math.min(chunk.size(), a.whole("rate") * 1_024 / 10);
                  flow.hold(
                      chunk,
                      TimeUnit.MILLISECONDS.toNanos(100),
                      () -> {
                        flow.pass(chunk.first(piece));
                        chunk(chunk);
                      });
                }
              });

  public static final Twin SLOW_CLOSE_SLOWS_DATA =
      twin(
          "slow_close delays data too",
          SlowClose.KIND,
          (a, flow) ->
              new Pipe(flow) {
                @Override
                public void chunk(Chunk chunk) {
                  flow.hold(chunk, a.millisAsNanos("delay"), () -> flow.pass(chunk));
                }
              });

  public static final Twin TIMEOUT_NOT_REARMED =
      twin(
          "timeout closes however much flows",
          Timeout.KIND,
          (a, flow) -> {
            flow.alarm(a.millisAsNanos("timeout"), flow::end);
            return new Pipe(flow) {
              @Override
              public void chunk(Chunk chunk) {
                flow.discard(chunk);
              }
            };
          });

  public static final Twin RESET_BY_FIN =
      twin(
          "reset_peer closes with FIN",
          ResetPeer.KIND,
          (a, flow) ->
              new Pipe(flow) {
                @Override
                public void chunk(Chunk chunk) {
                  flow.discard(chunk);
                  flow.holdEnd(a.millisAsNanos("timeout"));
                }
              });

  public static final Twin SLICER_LOSES_A_BYTE =
      twin(
          "slicer loses the last byte of a chunk",
          Slicer.KIND,
          (a, flow) ->
              new Pipe(flow) {
                @Override
                public void chunk(Chunk chunk) {
                  flow.pass(chunk.first(chunk.size() - 1));
                  flow.discard(chunk);
                }
              });

  public static final Twin LIMIT_FORGETS =
      twin(
          "limit_data counts from 0 after an update",
          LimitData.KIND,
          (a, flow) ->
              new Pipe(flow) {
                private long left = a.whole("bytes");

                @Override
                public void chunk(Chunk chunk) {
                  int fits = (int) Math.min(left, chunk.size());
                  left -= fits;
                  flow.pass(chunk.first(fits));
                  flow.discard(chunk);
                  if (left == 0) {
                    flow.end();
                  }
                }
              });

  private Twins() {}

  public static List<Twin> all() {
    return List.of(
        LATENCY_FORGETS_AGE,
        LATENCY_IN_A_ROW,
        BANDWIDTH_IN_KIBIBYTES,
        SLOW_CLOSE_SLOWS_DATA,
        TIMEOUT_NOT_REARMED,
        RESET_BY_FIN,
        SLICER_LOSES_A_BYTE,
        LIMIT_FORGETS);
  }

  static Twin twin(String flaw, Kind kind, BiFunction<Attributes, Flow, Pipe> open) {
    return new Twin(flaw, new Kind(kind.name(), kind.defaults(), a -> new Wrong(a, open)));
  }

  private record Wrong(Attributes attributes, BiFunction<Attributes, Flow, Pipe> open)
      implements Toxic {
    @Override
    public Pipe open(Flow flow) {
      return open.apply(attributes, flow);
    }

    @Override
    public int buffer() {
      return 1_024;
    }
  }
}
