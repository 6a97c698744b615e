package dev.holdfast.cli.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters to copy from are short: what is written beside a client fits on one screen. */
class AdapterLengthTest {
  private static final int MOST_LINES = 60;

  /** Files that make up one adapter stand together; the browser's shares the driver of Node's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "node/adapter.mjs node/drive.mjs",
        "browser/adapter.mjs",
        "browser/drive-page-client.mjs",
        "browser/page.html",
        "python/adapter.py"
      })
  void fitsOnAScreen(String files) throws IOException {
    Path clients = Path.of("..", "examples", "clients");
    int lines = 0;
    for (String file : List.of(files.split(" ", -1))) {
      lines += Files.readAllLines(clients.resolve(file)).size();
    }
    int count = lines;
    assertTrue(count <= MOST_LINES, () -> files + " has " + count + " lines");
  }
}
