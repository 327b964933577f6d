/** What Veer asks of a database, whatever its make. */
@NullMarked
package nl.veer.connectors.dialect;

import org.jspecify.annotations.NullMarked;
