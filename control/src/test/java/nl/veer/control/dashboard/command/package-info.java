/** Commands that are asked for over the dashboard, without a server. */
@NullMarked
package nl.veer.control.dashboard.command;

import org.jspecify.annotations.NullMarked;
