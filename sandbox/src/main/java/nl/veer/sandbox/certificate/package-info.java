/** Certificates made on the spot: authorities, servers, clients; right ones and wrong ones. */
@NullMarked
package nl.veer.sandbox.certificate;

import org.jspecify.annotations.NullMarked;
