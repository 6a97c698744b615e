package dev.holdfast.report;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a finished file in its place in one step, where the file system can. */
final class AtomicMove {
  private AtomicMove() {}

  static void replace(Path finished, Path target) throws IOException {
    try {
      Files.move(finished, target, ATOMIC_MOVE, REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(finished, target, REPLACE_EXISTING);
    }
  }
}
