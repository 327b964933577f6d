package nl.veer.control.config;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** YAML text as a tree whose nodes know their lines. */
final class YamlTree {
  private YamlTree() {}

  /**
   * The document's tree; an empty document is an empty mapping.
   *
   * @throws MarkedYAMLException if it is not YAML
   */
  static Node of(String text) {
    Node root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
    return root == null ? emptyMapping() : root;
  }

  private static MappingNode emptyMapping() {
    return (MappingNode) new Yaml(new LoaderOptions()).compose(new StringReader("{}"));
  }
}
