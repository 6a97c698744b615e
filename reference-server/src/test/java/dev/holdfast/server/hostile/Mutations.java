package dev.holdfast.server.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Bytes that were sound once: flipped, cut, doubled, filled, in the same way for the same seed. */
final class Mutations {
  private final SplittableRandom chance;

  Mutations(SplittableRandom chance) {
    this.chance = chance;
  }

  byte[] of(List<String> sound) {
    String text = sound.get(chance.nextInt(sound.size()));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int times = 1 + chance.nextInt(4);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      bytes = mutated(bytes);
    }
    return bytes;
  }

  private byte[] mutated(byte[] bytes) {
    int at = chance.nextInt(bytes.length);
    return switch (chance.nextInt(5)) {
      case 0 -> flipped(bytes, at);
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> doubled(bytes, at);
      case 3 -> filled(bytes, at);
      default -> without(bytes, at);
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= (byte) (1 << chance.nextInt(8));
    return changed;
  }

  private byte[] doubled(byte[] bytes, int at) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + bytes.length - at);
    System.arraycopy(bytes, at, longer, bytes.length, bytes.length - at);
    return longer.length > 60_000 ? bytes : longer;
  }

  private byte[] filled(byte[] bytes, int at) {
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + chance.nextInt(40));
    Arrays.fill(longer, at, longer.length, (byte) chance.nextInt(256));
    return longer;
  }

  private byte[] without(byte[] bytes, int at) {
    int gone = Math.min(bytes.length - at, 1 + chance.nextInt(8));
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - gone);
    System.arraycopy(bytes, at + gone, shorter, at, bytes.length - at - gone);
    return shorter;
  }
}
