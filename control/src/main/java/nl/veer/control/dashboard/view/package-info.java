/**
 * What the dashboard tells, as plain records, and the one interface that they are asked from.
 * Whoever reads and whoever serves know only these.
 */
@NullMarked
package nl.veer.control.dashboard.view;

import org.jspecify.annotations.NullMarked;
