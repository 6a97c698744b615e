package dev.holdfast.scenarios.world;

import dev.holdfast.client.ClientListener.Direction;
import dev.holdfast.client.Recorder;
import dev.holdfast.protocol.Tick;
import dev.holdfast.protocol.client.ClientInput;
import dev.holdfast.protocol.client.ClientOutput;
import dev.holdfast.protocol.frame.Frame;
import dev.holdfast.protocol.journal.Journal;
import org.jspecify.annotations.Nullable;

/** Writes the same history as a client on real sockets. */
final class RecordingWitness implements Witness {
  private final Recorder recorder;

  RecordingWitness(Journal journal) {
    recorder = new Recorder(journal);
  }

  @Override
  public void at(Tick now, @Nullable String session, int connection) {
    recorder.at(now, session, connection);
  }

  @Override
  public void acted(String op) {
    recorder.acted(op);
  }

  @Override
  public void says(String id, @Nullable String as, String content) {
    recorder.says(id, as, content);
  }

  @Override
  public void cancels(String id, String run) {
    recorder.cancels(id, run);
  }

  @Override
  public void heard(
      int connection, String text, @Nullable Frame frame, @Nullable String violation) {
    recorder.frame(Direction.IN, connection, text, frame, violation);
  }

  @Override
  public void wrote(int connection, String text, Frame frame, boolean sent) {
    if (sent) {
      recorder.frame(Direction.OUT, connection, text, frame, null);
    } else {
      recorder.unsent(connection, text, frame);
    }
  }

  @Override
  public void input(ClientInput input) {
    recorder.input(input);
  }

  @Override
  public void output(ClientOutput output) {
    recorder.output(output);
  }
}
