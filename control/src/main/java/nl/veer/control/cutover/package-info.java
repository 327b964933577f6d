/**
 * The cutover: its states, what is durable of them, its steps and the coordinator that takes them,
 * forth within a budget for the outage, or back.
 */
@NullMarked
package nl.veer.control.cutover;

import org.jspecify.annotations.NullMarked;
