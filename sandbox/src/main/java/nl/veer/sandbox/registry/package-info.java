/** A schema registry with Confluent's REST API, as a child process. */
@NullMarked
package nl.veer.sandbox.registry;

import org.jspecify.annotations.NullMarked;
