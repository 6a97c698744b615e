/** What a run leaves behind to be judged again, and the judging again. */
@NullMarked
package dev.holdfast.cli.evidence;

import org.jspecify.annotations.NullMarked;
