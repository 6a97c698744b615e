package dev.holdfast.protocol.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The repository's {@code docs} folder, wherever in the repository the tests were started. */
final class Docs {
  private Docs() {}

  static String read(String name) {
    try {
      return Files.readString(folder().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException("docs/" + name + " cannot be read", e);
    }
  }

  static void write(String name, String text) {
    try {
      Files.writeString(folder().resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("docs/" + name + " cannot be written", e);
    }
  }

  private static Path folder() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("docs/protocol.md"))) {
        return at.resolve("docs");
      }
    }
    throw new IllegalStateException("no docs/protocol.md in " + start + " or above it");
  }
}
