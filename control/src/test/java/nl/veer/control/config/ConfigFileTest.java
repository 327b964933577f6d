package nl.veer.control.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nl.veer.connectors.dialect.Secret;
import nl.veer.connectors.event.TableId;
import nl.veer.connectors.failure.Failure;
import nl.veer.connectors.failure.FailureKind;
import nl.veer.verifier.value.Tolerance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "SOURCE_PW", "s3cret",
          "TARGET_PW", "t4rget",
          "JAAS", "user=\"x\"",
          "HOOK", "https://chat.example.org/hooks/s3cret");
  private static final Path DIRECTORY = Path.of("/etc/veer");
  private static final String DIGEST = "0a".repeat(32);

  private static final String LEAST =
      """
      migration: shop
      source: {url: "jdbc:postgresql://a/shop", user: veer}
      target: {url: "jdbc:postgresql://b/shop", user: veer}
      waves:
        - name: main
          tables: {}
      """;

  @Test
  void defaultsStandInForWhatIsAbsent() {
    VeerConfig config = parse(LEAST);

    assertThat(config.kafka()).isNull();
    assertThat(config.registry()).isNull();
    assertThat(config.data()).isEqualTo(Path.of("/etc/veer/veer-data"));
    assertThat(config.source())
        .isEqualTo(
            new DatabaseConfig(
                "jdbc:postgresql://a/shop",
                "veer",
                null,
                TlsMode.PREFER,
                null,
                null,
                null,
                null,
                Map.of()));
    assertThat(config.tuning())
        .isEqualTo(
            new TuningConfig(
                4, 20_000, new Size(16 << 20), Duration.ofMillis(500), Duration.ofSeconds(1)));
    assertThat(config.verification()).isEqualTo(VerificationConfig.of(true, true));
    assertThat(config.cutover()).isEqualTo(CutoverConfig.standard());
    assertThat(config.dashboard()).isEqualTo(DashboardConfig.standard());
    assertThat(config.dashboard().address()).isEqualTo("127.0.0.1");
    assertThat(config.observe()).isEqualTo(ObserveConfig.none());
    assertThat(config.alerts()).isEqualTo(AlertsConfig.standard());
    assertThat(config.waves())
        .containsExactly(
            new WaveConfig("main", new TablesConfig(List.of(new TablePattern("*")), List.of())));
  }

  @Test
  void everyKeyIsMapped() {
    VeerConfig config =
        parse(
            """
            migration: big_move
            data: /var/lib/veer
            source:
              url: jdbc:postgresql://a/shop
              user: reader
              password: ${env:SOURCE_PW}
              tls: verify-full
              tls-root-cert: ca.pem
              tls-cert: veer.crt
              tls-key: /secret/veer.key
              tls-key-password: ${env:SOURCE_PW}
              properties: {socketTimeout: 30}
            target:
              url: jdbc:postgresql://b/shop
              user: writer
              password: ${env:TARGET_PW}
              tls: disable
            kafka:
              bootstrap: k1:9092,k2:9092
              properties: {sasl.jaas.config: "login ${env:JAAS};"}
              replication-factor: 5
              min-insync-replicas: 3
              max-record: 256MiB
            registry:
              url: https://registry
              properties: {bearer.auth.token: t}
            waves:
              - name: first
                tables:
                  include: [public.o*, audit.*]
                  exclude: ['public.old_?']
              - name: second
                tables:
                  include: [public.z]
            tuning:
              load-workers: 8
              batch-rows: 1_000
              batch-bytes: 1MiB
              batch-delay: 50ms
              heartbeat: 10s
            verification: {ledger: false}
            cutover:
              fence: command
              fence-exempt: [dba]
              fence-command: /opt/shop/stop
              unfence-command: /opt/shop/start
              on-open: /opt/shop/flip
              max-outage: 30s
              writers-wait: 1s
              gate-lag: 500ms
              gate-scan-age: 2h
              gate-rehearsal-age: 1d
              sequence-margin: 0
            dashboard:
              address: 0.0.0.0
              port: 9000
              names: [dash.example.org]
              tls-cert: dash.crt
              tls-key: /secret/dash.key
              tokens:
                - {name: anna, sha256: %s}
                - {name: otto, role: approver, sha256: %s}
              oidc:
                issuer: https://login.example.org/realms/shop
                audience: veer
                jwks: https://login.example.org/keys
                name-claim: email
                role-claim: realm_access.roles
                roles:
                  viewer: [staff]
                  operator: [dba]
                  approver: [lead, owner]
              session: 30m
              session-idle: 10m
              commands: false
              approval: true
            observe:
              capture: 127.0.0.1:8421
              replicate: '[::1]:8422'
              verify: 0.0.0.0:8423
            alerts:
              lag: 30s
              hold: 2m
              slot-loss: 6h
              slot-bytes: 100GiB
              silent: 3m
              retrying: 10m
              verdict: 2h
              scan-age: 12h
              remind: 1d
              webhooks:
                - url: ${env:HOOK}
                  form: slack
                - url: ${env:HOOK}
                  token: ${env:SOURCE_PW}
              mail:
                host: mail.example.org
                port: 465
                tls: tls
                user: veer
                password: ${env:SOURCE_PW}
                from: veer@example.org
                to: [dba@example.org, board@example.org]
            """
                .formatted(DIGEST, DIGEST.toUpperCase(Locale.ROOT)));

    assertThat(config.migration()).isEqualTo("big_move");
    assertThat(config.data()).isEqualTo(Path.of("/var/lib/veer"));
    assertThat(config.source())
        .isEqualTo(
            new DatabaseConfig(
                "jdbc:postgresql://a/shop",
                "reader",
                new Secret("s3cret"),
                TlsMode.VERIFY_FULL,
                Path.of("/etc/veer/ca.pem"),
                Path.of("/etc/veer/veer.crt"),
                Path.of("/secret/veer.key"),
                new Secret("s3cret"),
                Map.of("socketTimeout", "30")));
    assertThat(config.source().endpoint().properties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "sslmode", "verify-full",
                "sslrootcert", "/etc/veer/ca.pem",
                "sslcert", "/etc/veer/veer.crt",
                "sslkey", "/secret/veer.key",
                "sslpassword", "s3cret",
                "socketTimeout", "30"));
    assertThat(config.source().endpoint().toString()).doesNotContain("s3cret");
    assertThat(config.target().tls()).isEqualTo(TlsMode.DISABLE);
    assertThat(config.target().password()).isEqualTo(new Secret("t4rget"));
    assertThat(config.kafka())
        .isEqualTo(
            new KafkaConfig(
                "k1:9092,k2:9092",
                Map.of("sasl.jaas.config", "login user=\"x\";"),
                5,
                3,
                new Size(256 << 20)));
    assertThat(config.registry())
        .isEqualTo(new RegistryConfig("https://registry", Map.of("bearer.auth.token", "t")));
    assertThat(config.waves())
        .containsExactly(
            new WaveConfig(
                "first",
                new TablesConfig(
                    List.of(new TablePattern("public.o*"), new TablePattern("audit.*")),
                    List.of(new TablePattern("public.old_?")))),
            new WaveConfig(
                "second", new TablesConfig(List.of(new TablePattern("public.z")), List.of())));
    assertThat(config.tuning())
        .isEqualTo(
            new TuningConfig(
                8, 1000, new Size(1 << 20), Duration.ofMillis(50), Duration.ofSeconds(10)));
    assertThat(config.verification()).isEqualTo(VerificationConfig.of(false, true));
    assertThat(config.dashboard())
        .isEqualTo(
            new DashboardConfig(
                "0.0.0.0",
                9000,
                List.of("dash.example.org"),
                Path.of("/etc/veer/dash.crt"),
                Path.of("/secret/dash.key"),
                List.of(
                    new DashboardTokenConfig("anna", DashboardRole.VIEWER, DIGEST),
                    new DashboardTokenConfig("otto", DashboardRole.APPROVER, DIGEST)),
                new OidcConfig(
                    "https://login.example.org/realms/shop",
                    "veer",
                    "https://login.example.org/keys",
                    "email",
                    "realm_access.roles",
                    new OidcRolesConfig(
                        List.of("staff"), List.of("dba"), List.of("lead", "owner"))),
                Duration.ofMinutes(30),
                Duration.ofMinutes(10),
                false,
                true));
    assertThat(config.observe())
        .isEqualTo(
            new ObserveConfig(
                new ListenAddress("127.0.0.1", 8421),
                new ListenAddress("::1", 8422),
                new ListenAddress("0.0.0.0", 8423)));
    assertThat(config.cutover())
        .isEqualTo(
            new CutoverConfig(
                FenceStrategy.COMMAND,
                List.of("dba"),
                "/opt/shop/stop",
                "/opt/shop/start",
                "/opt/shop/flip",
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMillis(500),
                Duration.ofHours(2),
                Duration.ofDays(1),
                0));
    Secret hook = new Secret("https://chat.example.org/hooks/s3cret");
    assertThat(config.alerts())
        .isEqualTo(
            new AlertsConfig(
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofHours(6),
                new Size(100L << 30),
                Duration.ofMinutes(3),
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                Duration.ofHours(12),
                Duration.ofDays(1),
                List.of(
                    new WebhookConfig(hook, WebhookForm.SLACK, null),
                    new WebhookConfig(hook, WebhookForm.JSON, new Secret("s3cret"))),
                new MailConfig(
                    "mail.example.org",
                    465,
                    MailTls.TLS,
                    "veer",
                    new Secret("s3cret"),
                    "veer@example.org",
                    List.of("dba@example.org", "board@example.org"))));
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  @Test
  void aWebhooksAddressIsASecretAndMustBeOne() {
    assertThat(problems(LEAST + "alerts: {webhooks: [{url: 'https://chat/hook'}]}\n"))
        .contains("alerts.webhooks[0].url: a secret does not belong into this file");
    assertThat(problems(LEAST + "alerts: {webhooks: [{url: '${env:SOURCE_PW}'}]}\n"))
        .contains("alerts.webhooks[0].url: must begin with https:// or http://")
        .doesNotContain("s3cret");
  }

  @Test
  void aWebhooksTokenIsNotSentInPlainText() {
    Secret token = new Secret("t0ken");
    for (String plain :
        List.of("http://chat.example.org/", "http://127.0.0.1.example.org/", "http://10.0.0.7/")) {
      assertThatThrownBy(() -> new WebhookConfig(new Secret(plain), WebhookForm.JSON, token))
          .hasMessageContaining("token: is not sent in plain text")
          .hasMessageNotContaining(plain);
      assertThat(new WebhookConfig(new Secret(plain), WebhookForm.JSON, null).token()).isNull();
    }
    for (String own : List.of("http://127.0.0.1:9/", "http://localhost/", "http://[::1]/")) {
      assertThat(new WebhookConfig(new Secret(own), WebhookForm.JSON, token).token())
          .isEqualTo(token);
    }
  }

  @Test
  void aPasswordForMailNeedsAUserAndTls() {
    String mail = "alerts: {mail: {host: m, from: a@b, to: [c@d], %s}}\n";
    assertThat(problems(LEAST + mail.formatted("user: veer")))
        .contains("alerts.mail.password: user and password go together");
    assertThat(problems(LEAST + mail.formatted("user: v, password: '${env:SOURCE_PW}', tls: none")))
        .contains("alerts.mail.tls: a password is not sent in plain text");
  }

  @Test
  void aDashboardThatOthersReachNeedsTlsAndTokens() {
    String tls = "tls-cert: c.pem, tls-key: k.pem";
    String tokens = "tokens: [{name: a, sha256: %s}]".formatted(DIGEST);
    for (String open :
        List.of(
            "address: 0.0.0.0",
            "address: '::'",
            "address: 10.0.0.7, " + tls,
            "address: 10.0.0.7, " + tokens)) {
      assertThat(problems(LEAST + "dashboard: {%s}".formatted(open)))
          .as(open)
          .contains("dashboard.address: others reach ", "tls-cert, tls-key, and tokens or oidc");
    }
    for (String well :
        List.of(
            "address: 127.0.0.2", "address: '::1'", "address: 10.0.0.7, " + tls + ", " + tokens)) {
      assertThat(parse(LEAST + "dashboard: {%s}".formatted(well)).dashboard()).isNotNull();
    }
    for (String name : List.of("localhost", "example.org", "1.2.3", "256.1.1.1", "''")) {
      assertThat(problems(LEAST + "dashboard: {address: %s}".formatted(name)))
          .as(name)
          .contains("is no IP address");
    }
    assertThat(problems(LEAST + "dashboard: {tokens: [{name: a, sha256: secret}]}"))
        .contains("dashboard.tokens[0].sha256: must be 64 hexadecimal digits", "--new-token");
    assertThat(problems(LEAST + "dashboard: {approval: true, " + tokens + "}"))
        .contains("dashboard.approval: needs somebody who can say yes");
    assertThat(problems(LEAST + "dashboard: {tls-key: k.pem}"))
        .contains("needs tls-cert beside it");
  }

  @Test
  void anIssuerThatAnybodyCouldStandInForIsRefused() {
    String well = "issuer: 'https://login.example.org/', audience: veer, roles: {viewer: [staff]}";
    String tls = "address: 10.0.0.7, tls-cert: c.pem, tls-key: k.pem, ";
    DashboardConfig open = parse(oidc(tls, well)).dashboard();
    assertThat(open.needsLogin()).as("it needs no tokens beside it").isTrue();
    assertThat(open.oidc())
        .isEqualTo(
            new OidcConfig(
                "https://login.example.org/",
                "veer",
                null,
                "preferred_username",
                "roles",
                new OidcRolesConfig(List.of("staff"), List.of(), List.of())));
    assertThat(problems(oidc("address: 10.0.0.7, ", well))).contains("tls-cert, tls-key");
    assertThat(parse(oidc("", well.replace("https://login.example.org", "http://localhost:8"))))
        .isNotNull();
    for (String issuer :
        List.of(
            "http://login.example.org",
            "http://127.0.0.1.example.org",
            "https://me:pw@login.example.org",
            "https://login.example.org#x",
            "login.example.org",
            "https:",
            "https://a b")) {
      assertThat(problems(oidc("", well.replace("https://login.example.org/", issuer))))
          .as(issuer)
          .contains("dashboard.oidc.issuer: must be an address that begins with https://");
    }
    assertThat(problems(oidc("approval: true, ", well))).contains("dashboard.approval: needs");
    assertThat(
            parse(oidc("approval: true, ", well.replace("[staff]", "[staff], approver: [lead]"))))
        .isNotNull();
    assertThat(problems(oidc("", well + ", jwks: 'http://keys.example.org'")))
        .contains("dashboard.oidc.jwks: must be an address");
    assertThat(problems(oidc("", well.replace("veer", "' '")))).contains("audience: is empty");
    assertThat(problems(oidc("", well + ", role-claim: ''"))).contains("role-claim: is empty");
    assertThat(problems(oidc("", well.replace("[staff]", "[]"))))
        .contains("roles.viewer: nobody would come in");
    assertThat(problems(oidc("", well.replace("[staff]", "[staff], approver: [staff]"))))
        .contains("roles.approver: 'staff' is empty or given twice");
  }

  private static String oidc(String before, String oidc) {
    return LEAST + "dashboard: {%soidc: {%s}}".formatted(before, oidc);
  }

  @Test
  void aRoleThatOthersReachIsGuardedAsTheDashboardIs() {
    for (String open : List.of("0.0.0.0:8421", "'[::]:8421'", "10.0.0.7:8421")) {
      assertThat(problems(LEAST + "observe: {replicate: %s}".formatted(open)))
          .as(open)
          .contains("observe.replicate: others reach ", "tls-cert, tls-key");
    }
    String guarded =
        "dashboard: {tls-cert: c.pem, tls-key: k.pem, tokens: [{name: a, sha256: %s}]}\n"
            .formatted(DIGEST);
    assertThat(parse(LEAST + guarded + "observe: {replicate: '10.0.0.7:8421'}").observe())
        .isNotNull();
    for (String none :
        List.of(
            "8421", "localhost:8421", "127.0.0.1", "127.0.0.1:70000", "1.2.3:1", "'::1:8421'")) {
      assertThat(problems(LEAST + "observe: {verify: %s}".formatted(none)))
          .as(none)
          .contains("observe.verify: ", "is no IP address");
    }
  }

  @Test
  void allProblemsAreToldAtOnceEachWithLineAndPath() {
    assertThat(
            problems(
                """
                migration: Shop-1
                sorce: {}
                source:
                  url: jdbc:mysql://a/shop
                  user: veer
                  password: plain
                  tls: strict
                target:
                  url: jdbc:postgresql://b/shop
                  password: ${env:MISSING}
                waves:
                  - name: main
                    tables: {include: [orders]}
                tuning:
                  load-workers: 0
                  batch-bytes: 16MB
                  batch-delay: fast
                  batch-rows: many
                """))
        .isEqualTo(
            """
            veer.yaml has 12 problems:
              veer.yaml:1: migration: 'Shop-1' is no name: 1 to 24 characters of a-z, 0-9 and _, beginning with a letter
              veer.yaml:2: sorce: unknown key; did you mean 'source'?
              veer.yaml:4: source.url: must begin with jdbc:postgresql:
              veer.yaml:6: source.password: a secret does not belong into this file: write ${env:NAME} or ${file:PATH}
              veer.yaml:7: source.tls: 'strict' is none of disable, prefer, require, verify-ca, verify-full
              veer.yaml:9: target.user: is required
              veer.yaml:10: target.password: the environment variable MISSING is not set
              veer.yaml:13: waves[0].tables.include[0]: 'orders' names no schema: write schema.table, for example public.orders
              veer.yaml:15: tuning.load-workers: is too small: the least is 1
              veer.yaml:16: tuning.batch-bytes: '16MB' is not a size: write a whole number and a unit, for example 64MiB
              veer.yaml:17: tuning.batch-delay: 'fast' is not a duration: write a whole number and a unit, for example 500ms
              veer.yaml:18: tuning.batch-rows: 'many' is not a whole number\
            """);
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThat(problems(LEAST + "migration: again\n"))
        .contains("veer.yaml:7: migration: is given twice");
  }

  @Test
  void anUnknownKeyThatIsNearToNothingNamesTheKnownOnes() {
    assertThat(problems(LEAST + "tuning: {parallelism: 3}\n"))
        .contains(
            "tuning.parallelism: unknown key; known here: load-workers, batch-rows, batch-bytes,"
                + " batch-delay, heartbeat");
  }

  @Test
  void whatIsNotYamlIsToldWithItsLine() {
    assertThat(problems("migration: shop\nsource: {url\n")).contains("veer.yaml:3: not YAML");
  }

  @Test
  void kafkaWithoutARegistryIsRefused() {
    assertThat(problems(LEAST + "kafka: {bootstrap: k:9092}\n"))
        .contains("registry: needed where kafka is given");
  }

  @Test
  void moreInsyncReplicasThanReplicasAreRefusedAtTheirLine() {
    assertThat(
            problems(
                LEAST
                    + """
                    registry: {url: "http://r"}
                    kafka:
                      bootstrap: k:9092
                      replication-factor: 1
                      min-insync-replicas: 2
                    """))
        .contains("veer.yaml:11: kafka.min-insync-replicas: must not be larger");
  }

  @Test
  void twoWavesOfOneNameAreRefused() {
    assertThat(problems(LEAST + "  - {name: main, tables: {}}\n"))
        .contains("waves: two waves have the same name");
  }

  @Test
  void aReadOnlyDatabaseIsNoFenceForOneOfSeveralWaves() {
    String fence = "cutover: {fence: read-only}\n";
    assertThat(problems(LEAST + "  - {name: rest, tables: {}}\n" + fence))
        .contains("cutover.fence: read-only fences the whole database");
    assertThat(parse(LEAST + fence).cutover().fence()).isEqualTo(FenceStrategy.READ_ONLY);
  }

  @Test
  void secretsInUrlsAreRefusedForUrlsAreShown() {
    assertThat(problems(LEAST.replace("//a/shop", "//a/shop?ssl=true&password=pw")))
        .contains("source.url: a secret does not belong into it")
        .doesNotContain("pw");
    assertThat(problems(LEAST.replace("//a/shop", "//veer:pw@a/shop"))).contains("source.url");
    assertThat(
            problems(LEAST + "kafka: {bootstrap: 'k:9092'}\nregistry: {url: 'https://u:pw@r/x'}\n"))
        .contains("registry.url: a user does not belong into it");
  }

  @Test
  void aClientCertificateNeedsItsKey() {
    assertThat(problems(LEAST.replace("user: veer}", "user: veer, tls-cert: a.crt}")))
        .contains("tls-cert: needs tls-key beside it");
  }

  @Test
  void anEmptyFileNamesWhatIsRequired() {
    assertThat(problems(""))
        .contains("migration: is required")
        .contains("source: is required")
        .contains("target: is required")
        .contains("waves: is required");
  }

  @Test
  void aSecretIsReadFromAFileBesideTheConfiguration(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("pw"), "from file\n");
    Path file = directory.resolve("veer.yaml");
    Files.writeString(file, LEAST.replace("user: veer}", "user: veer, password: '${file:pw}'}"));

    VeerConfig config = ConfigFile.read(file, Map.of());

    assertThat(config.source().password()).isEqualTo(new Secret("from file"));
  }

  @Test
  void aMissingFileSaysHowToGetOne() {
    assertThatThrownBy(() -> ConfigFile.read(Path.of("/nowhere/veer.yaml"), Map.of()))
        .hasMessageContaining("veer init");
  }

  @Test
  void secretsDoNotPrint() {
    String text =
        LEAST
            .replace("user: veer}", "user: veer, password: '${env:SOURCE_PW}'}")
            .concat(
                "kafka: {bootstrap: 'k:9092', properties: {sasl.jaas.config: '${env:SOURCE_PW}'}}\n")
            .concat("registry: {url: 'http://r', properties: {token: '${env:SOURCE_PW}'}}\n");

    assertThat(parse(text).toString()).doesNotContain("s3cret");
  }

  @Test
  void theExampleIsAValidFile() {
    VeerConfig config =
        ConfigFile.parse(
            ExampleConfig.text(),
            "veer.yaml",
            DIRECTORY,
            Map.of("VEER_SOURCE_PASSWORD", "a", "VEER_TARGET_PASSWORD", "b"));

    assertThat(config.tuning()).isEqualTo(parse(LEAST).tuning());
    assertThat(config.migration()).isEqualTo("shop");
  }

  @Test
  void theExampleIsValidWithEverythingUncommented() {
    String everything = ExampleConfig.text().replaceAll("(?m)^(\\s*)# ([a-z-]+:|  .*:)", "$1$2");

    assertThat(problems(everything))
        .contains("VEER_SOURCE_PASSWORD", "VEER_REGISTRY_LOGIN", "kafka-jaas.conf")
        .doesNotContain("unknown key");
  }

  @Test
  void readsTolerances() {
    VeerConfig config =
        parse(
            LEAST
                + """
                verification:
                  scan-every: 2h
                  tolerances:
                    - {table: shop.orders, column: seen, leave-out: true}
                    - {table: shop.orders, column: price, round: 2}
                """);

    TableId orders = new TableId("shop", "orders");
    assertThat(config.verification().scanEvery()).isEqualTo(Duration.ofHours(2));
    assertThat(config.verification().tolerances())
        .extracting(ToleranceConfig::tolerance)
        .containsExactly(
            new Tolerance.LeftOut(orders, "seen"), new Tolerance.Rounded(orders, "price", 2));
  }

  @Test
  void refusesTolerancesThatSayNothingOrTooMuch() {
    assertThat(
            problems(
                LEAST
                    + """
                    verification:
                      tolerances:
                        - {table: orders, column: a, leave-out: true}
                        - {table: s.t, column: a}
                        - {table: s.t, column: a, leave-out: true, round: 2}
                    """))
        .contains(
            "'orders' is not of the form schema.table", "needs either leave-out: true or round");
  }

  private static VeerConfig parse(String text) {
    return ConfigFile.parse(text, "veer.yaml", DIRECTORY, ENVIRONMENT);
  }

  private static String problems(String text) {
    Failure failure = catchThrowableOfType(Failure.class, () -> parse(text));
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
    return String.valueOf(failure.getMessage());
  }
}
