package dev.holdfast.proxy.toxic;

import dev.holdfast.proxy.frame.Head;
import org.jspecify.annotations.Nullable;

/** Takes the offer of permessage-deflate out of new handshakes, so that later faults can read. */
record StripCompression() implements Toxic {
  static final Kind KIND = Kind.of("strip_compression", a -> new StripCompression());

  @Override
  public Pipe open(Flow flow) {
    return new FramePipe(flow) {
      @Override
      protected @Nullable String head(String head) {
        if (Head.isRequest(head) && Head.offersCompression(head)) {
          flow.bite("offer_stripped", 1);
        }
        return super.head(head);
      }
    };
  }
}
