package dev.holdfast.load;

/** Who else hears of each time that was measured, as a request that went well or did not. */
interface RequestLog {
  void ok(String request, long nanos);

  void failed(String request, long nanos, String why);
}
