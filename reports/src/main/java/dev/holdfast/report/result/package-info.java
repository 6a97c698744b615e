/** What a run found, as plain records: every stage fills these and every format reads them. */
@NullMarked
package dev.holdfast.report.result;

import org.jspecify.annotations.NullMarked;
