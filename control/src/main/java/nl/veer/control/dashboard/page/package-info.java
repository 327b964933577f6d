/** What a browser shows: the pages that the server writes, and the files beside them. */
@NullMarked
package nl.veer.control.dashboard.page;

import org.jspecify.annotations.NullMarked;
