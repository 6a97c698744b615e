package dev.holdfast.proxy.toxic;

import java.util.List;
import java.util.stream.Stream;

/** The fault that docs/adding-a-fault.md makes, in its registry, and its wrong twin. */
public final class ExampleFault {
  public static final Toxics TOXICS =
      new Toxics(Toxics.ALL.toxiproxy(), and(Toxics.ALL.beyond(), ChunkLoss.KIND));

  public static final Twins.Twin CHUNK_LOSS_FORGETS =
      Twins.twin(
          "chunk_loss counts from 0 after an update",
          ChunkLoss.KIND,
          (a, flow) ->
              new Pipe(flow) {
                private long chunks;

                @Override
                public void chunk(Chunk chunk) {
                  chunks++;
                  if (chunks % a.whole("nth") == 0) {
                    flow.bite("chunk_lost_bytes", chunk.size());
                    flow.discard(chunk);
                  } else {
                    flow.pass(chunk);
                  }
                }
              });

  private ExampleFault() {}

  private static List<Kind> and(List<Kind> kinds, Kind one) {
    return Stream.concat(kinds.stream(), Stream.of(one)).toList();
  }
}
