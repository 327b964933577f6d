/** Every type of PostgreSQL, one table, the whole way. */
@org.jspecify.annotations.NullMarked
package nl.veer.control.type;
