/** What the templates of the HTML report show, worked out so that they only have to place it. */
@NullMarked
package dev.holdfast.report.format.html;

import org.jspecify.annotations.NullMarked;
