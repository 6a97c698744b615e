package dev.holdfast.report.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A picture of what happened.
 *
 * @param file where it is beside the report
 * @param svg its text; null where nobody looked into the file
 */
public record Picture(String title, String file, @JsonIgnore @Nullable String svg) {

  /** The same, kept in a folder beside the report. */
  public Picture in(String folder) {
    return new Picture(title, folder + file, svg);
  }

  /** The same, shown as what is in its file; unchanged where there is none beside the report. */
  public Picture shownFrom(Path report) throws IOException {
    Path base = report.toAbsolutePath().normalize();
    Path path = base.resolve(file).normalize();
    return path.startsWith(base) && Files.isRegularFile(path)
        ? new Picture(title, file, Files.readString(path))
        : this;
  }
}
