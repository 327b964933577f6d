package nl.veer.helm;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.Map;

/**
 * What Kubernetes' API says of its kinds: which fields there are, which must be there, and of what
 * type each is.
 */
final class Definitions {
  private record Kind(String version, Class<?> type, Check check) {}

  private interface Check {
    void require(JsonElement object) throws IOException;
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "ConfigMap", new Kind("v1", V1ConfigMap.class, V1ConfigMap::validateJsonElement),
          "Deployment", new Kind("apps/v1", V1Deployment.class, V1Deployment::validateJsonElement),
          "NetworkPolicy",
              new Kind(
                  "networking.k8s.io/v1",
                  V1NetworkPolicy.class,
                  V1NetworkPolicy::validateJsonElement),
          "PodDisruptionBudget",
              new Kind(
                  "policy/v1",
                  V1PodDisruptionBudget.class,
                  V1PodDisruptionBudget::validateJsonElement),
          "Service", new Kind("v1", V1Service.class, V1Service::validateJsonElement),
          "ServiceAccount",
              new Kind("v1", V1ServiceAccount.class, V1ServiceAccount::validateJsonElement),
          "StatefulSet",
              new Kind("apps/v1", V1StatefulSet.class, V1StatefulSet::validateJsonElement));

  static {
    // The adapters that the definitions are read by.
    new JSON();
  }

  private Definitions() {}

  static boolean isBuiltIn(String kind) {
    return KINDS.containsKey(kind);
  }

  /**
   * @param json an object as it would be sent to the API
   * @throws IllegalArgumentException if it is not as its kind is defined
   */
  static void require(String json) {
    JsonObject object = JsonParser.parseString(json).getAsJsonObject();
    Kind kind = KINDS.get(object.get("kind").getAsString());
    if (kind == null || !kind.version.equals(object.get("apiVersion").getAsString())) {
      throw new IllegalArgumentException("Not a built-in kind of this version: " + json);
    }
    try {
      kind.check.require(object);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    // What is a number, a text, a truth value, is seen by reading it.
    JSON.deserialize(json, kind.type);
  }
}
