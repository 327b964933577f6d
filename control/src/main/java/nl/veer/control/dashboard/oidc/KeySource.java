package nl.veer.control.dashboard.oidc;

import com.nimbusds.jose.jwk.JWK;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where the issuer's public keys are read. */
interface KeySource {
  /** Reads them anew; ends with them or with an exception, and soon. */
  CompletableFuture<List<JWK>> read();
}
