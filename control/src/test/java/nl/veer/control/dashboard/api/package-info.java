/** What the API says of a status. */
@NullMarked
package nl.veer.control.dashboard.api;

import org.jspecify.annotations.NullMarked;
