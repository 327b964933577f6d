/** What the API says of a status. */
@NullMarked
package nl.veer.control.dashboard.live;

import org.jspecify.annotations.NullMarked;
