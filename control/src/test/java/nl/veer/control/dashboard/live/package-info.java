/** What is told of rows, without a server. */
@NullMarked
package nl.veer.control.dashboard.live;

import org.jspecify.annotations.NullMarked;
