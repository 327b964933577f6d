/**
 * What people ask of a migration over the dashboard: who may ask what, what waits for a second
 * person, what is under way, and what came of it.
 */
@NullMarked
package nl.veer.control.dashboard.command;

import org.jspecify.annotations.NullMarked;
