package dev.holdfast.proxy.toxic;

/** Loses every nth chunk that was read. */
record ChunkLoss(long nth) implements Toxic {
  static final Kind KIND = Kind.of("chunk_loss", ChunkLoss::from, "nth");

  private static ChunkLoss from(Attributes a) {
    if (a.whole("nth") == 0) {
      throw new IllegalArgumentException("chunk_loss.nth must be 1 or more, not 0");
    }
    return new ChunkLoss(a.whole("nth"));
  }

  /** Chunks seen so far, kept across updates. */
  private static final class Seen {
    private long chunks;
  }

  @Override
  public Pipe open(Flow flow) {
    Seen seen = flow.memory(Seen.class, Seen::new);
    return new Pipe(flow) {
      @Override
      public void chunk(Chunk chunk) {
        seen.chunks++;
        if (seen.chunks % nth == 0) {
          flow.bite("chunk_lost_bytes", chunk.size());
          flow.discard(chunk);
        } else {
          flow.pass(chunk);
        }
      }
    };
  }
}
