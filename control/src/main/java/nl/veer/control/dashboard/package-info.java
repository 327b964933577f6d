/** The migration in a browser, and for programs: a server that reads, tells and changes nothing. */
@NullMarked
package nl.veer.control.dashboard;

import org.jspecify.annotations.NullMarked;
