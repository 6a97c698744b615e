/** What all judging commands share: a target, a report, progress, signals and a verdict. */
@NullMarked
package dev.holdfast.cli.run;

import org.jspecify.annotations.NullMarked;
