package nl.veer.control.dashboard.route;

import java.util.List;
import nl.veer.control.config.DashboardRole;
import nl.veer.control.dashboard.api.ApprovalRequest;
import nl.veer.control.dashboard.api.AuditPage;
import nl.veer.control.dashboard.api.CausesBody;
import nl.veer.control.dashboard.api.CommandBody;
import nl.veer.control.dashboard.api.CommandRequest;
import nl.veer.control.dashboard.api.CommandsBody;
import nl.veer.control.dashboard.api.CutoverBody;
import nl.veer.control.dashboard.api.DifferencePage;
import nl.veer.control.dashboard.api.GateBody;
import nl.veer.control.dashboard.api.HistoryBody;
import nl.veer.control.dashboard.api.IncidentPage;
import nl.veer.control.dashboard.api.KeyEventsBody;
import nl.veer.control.dashboard.api.MigrationBody;
import nl.veer.control.dashboard.api.RangesBody;
import nl.veer.control.dashboard.api.ReportBody;
import nl.veer.control.dashboard.api.ScansBody;
import nl.veer.control.dashboard.api.SessionBody;
import nl.veer.control.dashboard.api.TableDetail;
import nl.veer.control.dashboard.api.TableOrder;
import nl.veer.control.dashboard.api.TablePage;
import nl.veer.control.dashboard.api.ValuesBody;
import nl.veer.control.dashboard.api.ValuesRequest;
import nl.veer.control.dashboard.api.WaveBody;
import nl.veer.control.dashboard.api.WavesBody;
import nl.veer.control.dashboard.command.CommandRules;
import nl.veer.control.dashboard.route.Route.Action;
import nl.veer.control.dashboard.route.Route.Asking;
import nl.veer.control.dashboard.route.Route.Body;
import nl.veer.control.dashboard.route.Route.Events;
import nl.veer.control.dashboard.route.Route.File;
import nl.veer.control.dashboard.route.Route.Personal;
import nl.veer.control.dashboard.route.Route.Self;

/** All routes of the API. What is not here is neither served nor in the OpenAPI document. */
public final class Routes {
  /** What each path begins with. */
  public static final String API = "/api/v1";

  static final String WAVE = "wave";
  static final String TABLE = "table";
  static final String LIMIT = "limit";
  static final String KIND = "kind";
  static final String COLUMN = "column";
  static final String KEY = "key";
  static final String ID = "id";

  /** The largest number that every reader of JSON reads exactly. */
  private static final long LARGEST_ID = (1L << 53) - 1;

  private static final Parameter WAVE_PATH = Parameter.path(WAVE, "The wave's name.");
  private static final Parameter TABLE_PATH = Parameter.path(TABLE, "The table, as schema.table.");
  private static final Parameter WAVE_QUERY = Parameter.text(WAVE, "Only this wave.");
  private static final Parameter TABLE_QUERY = Parameter.text(TABLE, "Only this schema.table.");
  private static final Parameter KIND_QUERY =
      Parameter.text(KIND, "Only of this kind, as a cause has it.");
  private static final Parameter COLUMN_QUERY =
      Parameter.columns(COLUMN, "Only of just these columns, as a cause has them.");
  private static final Parameter CLOSED = Parameter.flag("closed", "Also what is closed.");
  private static final Parameter AFTER =
      Parameter.number("after", "The page behind this id; needs wave.", 0, 0, LARGEST_ID);
  private static final Parameter PAGE = Parameter.number(LIMIT, "At most so many.", 100, 1, 500);

  private Routes() {}

  /** In the order in which they are told of. */
  public static List<Route> of(Sources sources) {
    StatusAnswers status = new StatusAnswers(sources);
    TableAnswers tables = new TableAnswers(sources);
    RecordAnswers records = new RecordAnswers(sources);
    ReportAnswers report = new ReportAnswers(sources);
    RowAnswers rows = new RowAnswers(sources);
    ValueAnswers values = new ValueAnswers(sources);
    CommandAnswers commands = new CommandAnswers(sources);
    return List.of(
        new Route(
            API + "/session",
            "session",
            "Who asks, and what they may do.",
            List.of(),
            DashboardRole.VIEWER,
            new Self(SessionBody.class)),
        body(
            "/migration",
            "migration",
            "The migration at a glance.",
            MigrationBody.class,
            status::migration),
        body("/waves", "waves", "How far each wave is.", WavesBody.class, status::waves),
        body(
            "/waves/{wave}", "wave", "How far a wave is.", WaveBody.class, status::wave, WAVE_PATH),
        body(
            "/waves/{wave}/tables",
            "tables",
            "A wave's tables, in the order asked for: by risk DIFFERENT first, then UNKNOWN, then"
                + " EQUAL.",
            TablePage.class,
            tables::tables,
            WAVE_PATH,
            Parameter.choice(
                "verdict", "Only with this verdict.", List.of("EQUAL", "DIFFERENT", "UNKNOWN")),
            Parameter.text("contains", "Only with this in the name, in whatever case."),
            Parameter.choice("order", "What comes first.", TableOrder.words(), "risk"),
            Parameter.number("offset", "Leave out so many in front.", 0, 0, 1_000_000),
            Parameter.number(LIMIT, "At most so many.", 100, 1, 2_500)),
        body(
            "/waves/{wave}/tables/{table}",
            "table",
            "A table, and how its verdict came about.",
            TableDetail.class,
            tables::table,
            WAVE_PATH,
            TABLE_PATH,
            Parameter.number(LIMIT, "At most so many changes of the verdict.", 100, 1, 500)),
        body(
            "/waves/{wave}/tables/{table}/keys/{key}/events",
            "keyEvents",
            "What log and echo hold of a row, masked. It is searched for while somebody asks: ask"
                + " again as long as the state is SEARCHING.",
            KeyEventsBody.class,
            rows::events,
            WAVE_PATH,
            TABLE_PATH,
            Parameter.path(
                KEY, "The digest of the row's key, as differences and findings have it.")),
        body(
            "/causes",
            "causes",
            "What differs by cause: how much of it is new, confirmed, explained, repaired, verified"
                + " again. The worst first.",
            CausesBody.class,
            rows::causes,
            WAVE_QUERY,
            Parameter.flag("closed", "Also causes of which nothing is open.")),
        body(
            "/history",
            "history",
            "A wave's lags, rate and differences of the last day, as far as the process remembers"
                + " that answers.",
            HistoryBody.class,
            new HistoryAnswers(sources)::history,
            Parameter.text(WAVE, "Of this wave; the first one if none is named."),
            HistoryAnswers.MINUTES,
            HistoryAnswers.POINTS),
        body(
            "/waves/{wave}/tables/{table}/ranges",
            "ranges",
            "A table in the order of its key: what the last look at each part said, and when.",
            RangesBody.class,
            tables::ranges,
            WAVE_PATH,
            TABLE_PATH),
        body(
            "/waves/{wave}/tables/{table}/scans",
            "scans",
            "A table's scans, the last one first.",
            ScansBody.class,
            tables::scans,
            WAVE_PATH,
            TABLE_PATH,
            Parameter.number(LIMIT, "At most so many.", 50, 1, 100)),
        body(
            "/differences",
            "differences",
            "Rows that scans have proven to differ, wave by wave, oldest first.",
            DifferencePage.class,
            records::differences,
            WAVE_QUERY,
            TABLE_QUERY,
            KIND_QUERY,
            COLUMN_QUERY,
            CLOSED,
            AFTER,
            PAGE),
        body(
            "/incidents",
            "incidents",
            "What stands in each wave's way, and what its ledger found, oldest first.",
            IncidentPage.class,
            records::incidents,
            WAVE_QUERY,
            TABLE_QUERY,
            KIND_QUERY,
            COLUMN_QUERY,
            CLOSED,
            AFTER,
            PAGE),
        new Route(
            API + "/waves/{wave}/differences/{id}/values",
            "values",
            "Shows what both sides hold of a row that differs: real values. That it was asked for,"
                + " by whom and why, is in the audit log before they are read.",
            List.of(WAVE_PATH, Parameter.path(ID, "The difference's id.")),
            DashboardRole.OPERATOR,
            new Action<>(
                ValuesRequest.class, 200, ValuesBody.class, values::show, values::refused)),
        body(
            "/gate",
            "gate",
            "How each wave's gate stood at the last look. A look sends a marker through, as veer"
                + " gate does; it is begun when somebody asks and the last one is ten seconds old.",
            GateBody.class,
            status::gate),
        body(
            "/cutover",
            "cutover",
            "Each wave's attempts to cut over, and rehearsals, the last one first.",
            CutoverBody.class,
            records::cutover,
            Parameter.number(LIMIT, "At most so many of each wave.", 20, 1, 100)),
        body(
            "/audit",
            "audit",
            "Entries of the audit log, the last one first.",
            AuditPage.class,
            records::audit,
            Parameter.number("before", "Only with a smaller number.", LARGEST_ID, 1, LARGEST_ID),
            PAGE),
        new Route(
            API + "/commands",
            "commands",
            "What was asked of this process, the last one first, and what may be asked now.",
            List.of(Parameter.number(LIMIT, "At most so many.", 50, 1, 200)),
            DashboardRole.VIEWER,
            new Personal(CommandsBody.class, commands::all)),
        new Route(
            API + "/waves/{wave}/commands",
            "command",
            "Has something done to a wave; /commands and /cutover say how far it is.",
            List.of(WAVE_PATH),
            CommandRules.ASKS,
            new Action<>(
                CommandRequest.class,
                202,
                CommandBody.class,
                commands::command,
                commands::refusedCommand)),
        new Route(
            API + "/commands/{id}/approval",
            "approval",
            "Says yes or no, as a second person, to a command that waits for it.",
            List.of(Parameter.path(ID, "The command's id.")),
            CommandRules.APPROVES,
            new Action<>(
                ApprovalRequest.class,
                200,
                CommandBody.class,
                commands::approval,
                commands::refusedApproval)),
        body(
            "/report",
            "report",
            "The migration's signed certificate as it is now, and where it is downloaded.",
            ReportBody.class,
            report::summary),
        file(
            "/report/json",
            "reportJson",
            "The certificate as JSON.",
            "application/json",
            report::json),
        file("/report/html", "reportHtml", "The certificate as a page.", "text/html", report::page),
        new Route(
            API + "/events",
            "events",
            "The waves, again each time that they were read: about every second.",
            List.of(),
            DashboardRole.VIEWER,
            new Events("waves", WavesBody.class)));
  }

  private static Route body(
      String path, String id, String words, Class<?> type, Asking asking, Parameter... parameters) {
    return new Route(
        API + path, id, words, List.of(parameters), DashboardRole.VIEWER, new Body(type, asking));
  }

  private static Route file(
      String path, String id, String words, String mediaType, Route.Filing filing) {
    return new Route(
        API + path, id, words, List.of(), DashboardRole.VIEWER, new File(mediaType, filing));
  }
}
