package dev.holdfast.scenarios.conformance.client;

import java.io.IOException;
import java.util.Map;

/** How the client under test is started, once a case: as a process, or within this JVM. */
@FunctionalInterface
public interface Adapter {
  /** Exit code of a program that does not know what it was asked for. */
  int UNSUPPORTED = 127;

  /** Starts it with these variables; what it prints goes to {@code output}. */
  Running start(Map<String, String> environment, Output output) throws IOException;

  /** Where a running client is heard. */
  interface Output {
    void line(String line);

    /** Something that the client's author should see beside its lines. */
    void evidence(String line);

    /** It broke the limits that hold for every program, and is not listened to any more. */
    void broke(String how);

    /** It ended by itself or was ended. */
    void ended(int exit);
  }

  /** One that was started. */
  interface Running extends AutoCloseable {
    /** Writes a line to its input; one that does not read is no error here. */
    void write(String line);

    /** Ends its input, which tells it to leave. */
    void endInput();

    /** Ends it and all that it started, if that did not happen yet. */
    @Override
    void close();
  }
}
