/** Lets one process at a time do a role, of all that are started for it; the others stand by. */
@NullMarked
package nl.veer.control.standby;

import org.jspecify.annotations.NullMarked;
