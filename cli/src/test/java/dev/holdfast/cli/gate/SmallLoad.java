package dev.holdfast.cli.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.load.LoadPlan;
import dev.holdfast.load.LoadProfile;
import dev.holdfast.report.result.LoadFault;
import dev.holdfast.report.result.LoadPoint;
import dev.holdfast.report.result.Percentiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** The files of a load that nobody carried: four people for a few seconds. */
final class SmallLoad {
  private static final long START_MS = 1_700_000_000_000L;
  private static final int SECONDS = 12;
  private static final List<String> KINDS =
      List.of(Percentiles.FIRST_FRAME, Percentiles.ANSWER, Percentiles.CONNECT, Percentiles.BACK);

  private SmallLoad() {}

  /**
   * Writes them.
   *
   * @param storm whether the server was restarted meanwhile
   */
  static void writeTo(Path folder, boolean storm) throws IOException {
    Files.createDirectories(folder);
    ObjectMapper json = new ObjectMapper();
    URI url = URI.create("ws://127.0.0.1:8001/ws/chat");
    LoadPlan plan = LoadPlan.of(storm ? LoadProfile.STORM : LoadProfile.SMOKE, url).withUsers(4);
    if (storm) {
      plan = plan.withRestart();
      LoadFault restart = new LoadFault("the server restarts", 3_700, 4_900);
      json.writeValue(folder.resolve("storm.json").toFile(), restart);
    }
    json.writeValue(folder.resolve("plan.json").toFile(), plan);
    json.writeValue(folder.resolve("measured.json").toFile(), measured());
    writeIntervals(folder.resolve("intervals.hlog"));
  }

  private static Map<String, Object> measured() {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("messages", 1_204);
    counts.put("attempts", 6);
    counts.put("failedAttempts", 1);
    counts.put("reconnects", 1);
    counts.put("losses", 1);
    counts.put("stranded", 0);
    List<LoadPoint> points = new ArrayList<>();
    for (int i = 1; i <= SECONDS; i++) {
      points.add(new LoadPoint(i * 1_000L, 4, 0, 0, 0, i, i == 6 ? 1 : 0, i == 5 ? 1 : 0));
    }
    Map<String, Object> measured = new LinkedHashMap<>();
    measured.put("startMs", START_MS);
    measured.put("lateMs", 0);
    measured.put("durationMs", SECONDS * 1_000);
    measured.put("conversationsChecked", 4);
    measured.put("conversationsBroken", 0);
    measured.put("counts", counts);
    measured.put("points", points);
    measured.put("brokenBy", Map.of());
    return measured;
  }

  private static void writeIntervals(Path file) throws FileNotFoundException {
    HistogramLogWriter log = new HistogramLogWriter(file.toFile());
    log.outputLogFormatVersion();
    log.outputStartTime(START_MS);
    log.setBaseTime(START_MS);
    log.outputBaseTime(START_MS);
    log.outputLegend();
    for (int second = 0; second < SECONDS; second++) {
      for (String kind : KINDS) {
        Histogram times = new Histogram(3);
        times.setTag(kind);
        long slower = second == 4 ? 9_000 : 100L * second;
        for (int i = 0; i < 301; i++) {
          times.recordValue(1_000L + i * 37 + KINDS.indexOf(kind) * 5_000L + slower);
        }
        log.outputIntervalHistogram(second, second + 1.0, times, 1_000.0);
      }
    }
    log.close();
  }
}
