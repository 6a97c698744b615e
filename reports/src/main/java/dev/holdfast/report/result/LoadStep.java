package dev.holdfast.report.result;

/**
 * One load among several that grew until something gave way.
 *
 * @param people how many talked at once
 * @param perSecond answers a second
 * @param firstFrameP50Us median time from a message to the first frame of its run
 * @param firstFrameP99Us the same at the 99th percentile
 * @param broke what gave way; empty when it held
 */
public record LoadStep(
    int people, double perSecond, long firstFrameP50Us, long firstFrameP99Us, String broke) {

  /** Whether nothing gave way. */
  public boolean held() {
    return broke.isEmpty();
  }
}
