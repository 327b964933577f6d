/** What the dashboard's parts do their work with, whatever it is. */
@NullMarked
package nl.veer.control.dashboard.work;

import org.jspecify.annotations.NullMarked;
