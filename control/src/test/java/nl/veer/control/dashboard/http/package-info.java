/** The dashboard's server, with a view that is made of plain records. */
@NullMarked
package nl.veer.control.dashboard.http;

import org.jspecify.annotations.NullMarked;
