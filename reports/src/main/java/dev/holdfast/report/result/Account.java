package dev.holdfast.report.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell of a story beyond its verdict.
 *
 * @param blame null where there is nothing to blame anybody for
 */
public record Account(@Nullable Blame blame, List<Recovery> recovery, List<Picture> pictures) {
  public static final Account NONE = new Account(null, List.of(), List.of());

  /** The same with other pictures. */
  public Account with(List<Picture> others) {
    return new Account(blame, recovery, others);
  }

  public Account {
    recovery = recovery == null ? List.of() : List.copyOf(recovery);
    pictures = pictures == null ? List.of() : List.copyOf(pictures);
  }
}
