/** Reads what the dashboard tells from the databases, the log and the roles of this process. */
@NullMarked
package nl.veer.control.dashboard.live;

import org.jspecify.annotations.NullMarked;
