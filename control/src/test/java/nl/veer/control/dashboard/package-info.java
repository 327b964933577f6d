/**
 * The dashboard without a migration: a view of plain records, and a clock that is driven by hand.
 */
@NullMarked
package nl.veer.control.dashboard;

import org.jspecify.annotations.NullMarked;
