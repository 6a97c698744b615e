package dev.holdfast.cli.load;

import dev.holdfast.load.Mix;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads who the people of a load are, {@code talk=80,idle=20}. */
public final class MixText implements ITypeConverter<Mix> {
  @Override
  public Mix convert(String text) {
    try {
      return Mix.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
