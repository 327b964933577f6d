/**
 * What has changed on either side since the tables were scanned last, as chunks of their keys: read
 * from both logs, so that only these need to be compared again.
 */
@NullMarked
package nl.veer.verifier.changed;

import org.jspecify.annotations.NullMarked;
