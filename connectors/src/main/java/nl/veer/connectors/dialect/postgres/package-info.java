/** PostgreSQL's answers to what Veer asks of a database. */
@NullMarked
package nl.veer.connectors.dialect.postgres;

import org.jspecify.annotations.NullMarked;
