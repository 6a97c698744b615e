package dev.holdfast.report.result;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Something that concerns the whole run and no single finding: nothing listens, a disk is full.
 *
 * @param exit the exit code that it asks for
 * @param message one sentence: what happened, what was tried
 */
public record Problem(ExitCode exit, String message) {

  /** What an I/O failure means, without the path that the JDK repeats as its whole message. */
  public static String describe(IOException e) {
    return switch (e) {
      case NoSuchFileException x -> "no such file";
      case AccessDeniedException x -> "permission denied";
      case NotDirectoryException x -> "not a directory";
      case FileSystemException x when x.getReason() != null -> x.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
