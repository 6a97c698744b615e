package dev.holdfast.load;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class IntervalLogTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsSaid() {
    var thrown =
        assertThrows(IOException.class, () -> new IntervalLog(Path.of("/dev/full"), 0).close());

    assertTrue(String.valueOf(thrown.getMessage()).contains("is the disk full?"), thrown::toString);
  }
}
