/** Pictures of what happened, as SVG that needs nothing beside it and reads in light and dark. */
@NullMarked
package dev.holdfast.report.picture;

import org.jspecify.annotations.NullMarked;
