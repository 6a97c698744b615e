package dev.holdfast.load;

/** Who else hears of each time that was measured, as a request that went well or did not. */
interface RequestLog {
  /** Nobody does. */
  RequestLog NONE =
      new RequestLog() {
        @Override
        public void ok(String request, long nanos) {}

        @Override
        public void failed(String request, long nanos, String why) {}
      };

  void ok(String request, long nanos);

  void failed(String request, long nanos, String why);
}
