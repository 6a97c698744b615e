package dev.holdfast.report.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A picture of what happened.
 *
 * @param file where it is beside the report
 * @param svg its text; null in a report that was read back
 */
public record Picture(String title, String file, @JsonIgnore @Nullable String svg) {}
