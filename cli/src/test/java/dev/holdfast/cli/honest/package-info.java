/** Each command of the command line against servers that are odd and honest. */
@NullMarked
package dev.holdfast.cli.honest;

import org.jspecify.annotations.NullMarked;
