package dev.holdfast.scenarios.load;

import dev.holdfast.scenarios.model.Scenario.World;
import dev.holdfast.scenarios.world.Grounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the world of a story: {@code {seed: 11, store: lags, delay_ms: 20}}. */
final class WorldReader {
  private static final String SEED = "seed";

  private WorldReader() {}

  static @Nullable World read(@Nullable Yaml world) {
    if (world == null) {
      return null;
    }
    List<String> known = new ArrayList<>(Grounds.names());
    known.add(SEED);
    Map<String, Yaml> fields = world.map(known);
    Map<String, Object> ground = new LinkedHashMap<>();
    fields.forEach((name, value) -> {
      if (!name.equals(SEED)) {
        ground.put(name, value.text());
        try {
          var unused = Grounds.of(ground);
        } catch (IllegalArgumentException e) {
          throw value.error(String.valueOf(e.getMessage()));
        }
      }
    });
    Yaml seed = world.required(fields, SEED);
    return new World(seed.number(Long.MIN_VALUE, Long.MAX_VALUE), ground);
  }
}
