using System.Globalization;
using System.Text;

namespace Clientele.Settings;

/// <summary>Writes a commented <c>clientele.yaml</c>: every setting stands there, those at their default too.</summary>
public static class WorkspaceTemplate
{
    /// <param name="files">As they shall stand in the file: absolute, or relative to the workspace.</param>
    /// <param name="headers">The source's own column names, for the comment above the mapping.</param>
    /// <param name="unmapped">Settings of <c>columns</c> that nothing in the source answers to and that must be filled in.</param>
    public static string Render(Preset preset, IReadOnlyList<string> files, ColumnMapping columns, IReadOnlyList<string> headers, IReadOnlyList<string> unmapped, bool workbook)
    {
        var (cleaning, features) = (preset.Cleaning, preset.Features);
        var (outliers, scaling, segmentation, lifetime, outputs, serve, run) = (new OutlierSettings(), new PreparationSettings(), new SegmentationSettings(), new LifetimeSettings(), new OutputSettings(), new ServeSettings(), new RunSettings());
        var yaml = new StringBuilder();
        Line("# A Clientele workspace. 'clientele config check' reads this file, 'clientele run' does what it says.");
        Line($"name: {Quote(preset.Shop)}");
        Line(preset.Currency.Length > 0 ? $"currency: {preset.Currency}" : $"# currency: EUR           # three letters; shown beside money");
        Line("seed: 42                   # same seed, same inputs: same bytes");
        Line("");
        Line("# Where orders come from: CSV, TSV (both also .gz), Parquet or .xlsx; paths, globs or folders, read as one table.");
        Line("sources:");
        Line($"  - files: {List(files)}");
        Line(workbook && preset.Sheets is { } sheets ? $"    sheets: {List(sheets)}" : $"    # sheets: [Sheet1]     # of a workbook; all when left out");
        Line(!workbook && preset.SkipRows > 0 ? $"    skip_rows: {preset.SkipRows}      # data rows passed over at the start" : $"    # skip_rows: 0         # data rows passed over at the start");
        Line("    # delimiter: ';'       # found from the header when left out");
        Line("");
        Line("# Which column holds what. Leave out what the source does not have: features that need it are left out too.");
        if (headers.Count > 0)
            Line($"# The source has: {string.Join(", ", headers)}");
        Line("columns:");
        if (unmapped.Count > 0)
            Line($"  # Fill in: {string.Join(", ", unmapped)}.");
        Field("invoice", columns.Invoice is { } invoice ? Quote(invoice) : unmapped.Contains("invoice") ? null : "[customer, day]", "or [customer, day]: all that a customer bought on one day");
        Field("customer", Known(columns.Customer), "who bought");
        Field("ordered_at", Known(columns.OrderedAt), "when");
        Line($"  date_order: {DateOrderName(columns.DateOrder)}          # iso (2011-12-31), day-first (31/12/2011) or month-first (12/31/2011)");
        Field("product", Known(columns.Product), "what: its code");
        Field("description", Known(columns.Description), "what: its name");
        Field("quantity", Known(columns.Quantity) ?? columns.ConstantQuantity.ToString(CultureInfo.InvariantCulture), "units, or a number that holds for every line");
        Field(columns.LineTotal is null ? "price" : "line_total", Known(columns.Price ?? columns.LineTotal), "price of one unit; or line_total: of the whole line");
        Field("country", Known(columns.Country), "where");
        Line("");
        Line("on_error: quarantine       # a row that cannot be read: quarantine, or stop");
        Line("# reject_limit: 1000       # more bad rows than this end the run");
        Line("");
        Line("# Rules run in this order; a line counts for the first that removes it.");
        Line("cleaning:");
        Line($"  overlap: {Flag(cleaning.Overlap)}            # an invoice that stands in two overlapping exports loses its second copy");
        Line($"  overlap_distance: {cleaning.OverlapDistance}   # other lines between the two copies, at least");
        Line($"  missing: {List(cleaning.Missing)}   # these must not be empty");
        Line($"  cancellations: {(cleaning.DropCancellations ? "drop" : "keep")}      # invoices that begin with:");
        Line($"  cancellation_prefix: {cleaning.CancellationPrefix}");
        Line($"  duplicates: {(cleaning.Duplicates.Count > 0 ? List(cleaning.Duplicates) : "keep")}         # of lines alike in these fields the first stays");
        Line($"  minimum_code_digits: {cleaning.MinimumCodeDigits}   # product codes with fewer digits are postage, fees and the like");
        Line($"  drop_descriptions: {List(cleaning.DropDescriptions)}");
        Line($"  positive_quantity: {Flag(cleaning.PositiveQuantity)}");
        Line($"  positive_price: {Flag(cleaning.PositivePrice)}");
        Line("");
        Line("features:");
        Line($"  set: {features.Set}           # retail_15, retail_15_published, clv_9, clv_9_published");
        Line(features.AsOf is { } asOf ? $"  as_of: {asOf:yyyy-MM-dd}        # only lines before this day count" : $"  # as_of: 2011-06-01      # only lines before this day count; else up to the last day there is");
        Line(features.TargetUntil is { } until ? $"  target_until: {until:yyyy-MM-dd} # what was spent from as_of up to this day is written as target_spend" : $"  # target_until: 2011-12-01 # what was spent from as_of up to this day is written as target_spend");
        Line(features.HomeCountry is { } home && columns.Country is not null ? $"  home_country: {Quote(home)}" : $"  # home_country: France   # the country with the most lines when left out");
        Line("");
        Line("outliers:");
        Line($"  share: {Number(outliers.Share)}              # most unusual customers: left out of the fit, assigned afterwards");
        Line($"  trees: {outliers.Trees}");
        Line("");
        Line("scaling:");
        Line($"  transform: {scaling.Transform}   # yeo-johnson, log, none");
        Line($"  scale: {scaling.Scale}          # standard, robust, none");
        Line($"  variance: {Number(scaling.Variance)}            # share that the principal components keep; 0: no components");
        Line("");
        Line("segmentation:");
        Line($"  model: {segmentation.Model}            # {string.Join(", ", SegmentationSettings.Models)}");
        Line("  # columns: [recency_days, spend]  # features that are clustered; the set's own choice when left out");
        Line($"  segments: {segmentation.MinSegments}..{segmentation.MaxSegments}           # how many are of use");
        Line($"  min_share: {Number(segmentation.MinShare)}          # every segment holds at least this share of customers");
        Line($"  min_jaccard: {Number(segmentation.MinJaccard)}        # and is found again in this share of resamples");
        Line($"  resamples: {segmentation.Resamples}");
        Line($"  restarts: {segmentation.Restarts}");
        Line($"  max_natural_groups: {segmentation.MaxNaturalGroups}");
        Line("  evidence: full           # full, or plain: three indices only, no natural groups, no stability");
        Line("");
        Line("# What customers will be worth. 'lifetime: off' in place of the section leaves it out.");
        Line("lifetime:");
        Line($"  horizon: {lifetime.Horizon}        # how far ahead: 6 months, 39 weeks, 90 days");
        Line($"  discount_rate: {Number(lifetime.DiscountRate)}       # of a year, for the discounted value");
        Line($"  cutoffs: {lifetime.Cutoffs}               # of the past, that models are tried at");
        Line("");
        Line("outputs:");
        Line($"  csv: {Flag(outputs.Csv)}");
        Line($"  parquet: {Flag(outputs.Parquet)}");
        Line($"  report: {Flag(outputs.Report)}");
        Line($"  recommendations: {outputs.Recommendations}       # next-best products per customer");
        Line("");
        Line("# What is tried again when the engine, a disk or a network fails, and how long a run may take.");
        Line("run:");
        Line($"  retries: {run.Limits.Retries}               # of a step, each with a new engine");
        Line($"  retry_delay: {Number(run.Limits.RetryDelay.TotalSeconds)} s         # before the first; doubles each time, give or take by chance");
        Line("  # step_timeout: 30 min   # for one attempt of a step");
        Line("  # timeout: 2 h           # for the whole run");
        Line("  # steps: [{step: lifetime, retries: 0, step_timeout: 2 h}]  # where a step needs its own");
        Line("");
        Line("# What 'clientele serve' takes, and from whom.");
        Line("serve:");
        Line("  # hosts: [personas.example.com]  # names it is reached by, besides localhost and addresses");
        Line($"  max_body_mib: {serve.MaxBodyMib}         # of a request");
        Line($"  body_seconds: {serve.BodySeconds}         # that a body may take to arrive");
        Line($"  answer_seconds: {serve.AnswerSeconds}       # that a request may wait for the store and the like");
        Line($"  leave_seconds: {serve.LeaveSeconds}         # that it goes on answering, not ready any more, when told to stop");
        Line($"  scheduler_nice: {serve.SchedulerNice}       # how far runs of schedules yield the processors to it: 0 not at all, 19 most; idle: they have what nobody else wants");
        Line($"  requests_per_second: {serve.RequestsPerSecond}  # of one key; 0: no limit");
        Line($"  requests_at_once: {serve.RequestsAtOnce}      # of one key, or of all callers while there is no key");
        Line($"  log_share: {Number(serve.LogShare)}           # of predictions whose version, input hash and answer are logged");
        Line($"  log_days: {serve.LogDays}             # after which a day's log goes");
        Line($"  log_mib: {serve.LogMib}             # most that is logged on one day");
        Line("  # canary: {alias: challenger, percent: 5}  # a version that answers so many of 100 customers; may be changed while serving, as shadow");
        Line("  # shadow: challenger     # a version that reckons what the champion answered, to be compared");
        Line("  # batch_folder: batches-in  # of files that batch jobs may point to; else they are only uploaded");
        Line($"  batch_mib: {serve.BatchMib}          # of a batch's file");
        Line($"  batch_rows: {serve.BatchRows}     # of a batch");
        Line($"  batch_waiting: {serve.BatchWaiting}        # batches that may wait or be at work");
        Line($"  batch_days: {serve.BatchDays}            # after which an ended batch goes, with its files");
        Line("");
        Line("engine: embedded           # or a ClickHouse server: http://user@host:8123/db");
        Line("# store: postgres://user@host:5432/db   # runs and models of a team; else clientele.db in this folder");
        Line("# artifacts: s3://bucket/prefix           # files of models and runs, for a team; keys stand in the environment. Else objects/ in this folder");
        Line("# tracking:");
        Line("#   mlflow: http://host:5000             # an MLflow server that is sent every run when it is over");
        Line("#   files: true                          # its files and model too; tables among them name customers");
        Line("promote: manual            # auto: a new model that passes the gates becomes the champion by itself");
        Line("gates:                     # what a model must keep to become champion, beside the present one on the same customers");
        Line($"  silhouette_drop: {Number(new GateSettings().SilhouetteDrop)}    # most that the mean silhouette may fall");
        Line($"  least_jaccard: {Number(new GateSettings().LeastJaccard)}       # least stability of any segment");
        Line($"  clv_error_rise: {Number(new GateSettings().ClvErrorRise)}      # most that the back-tested error of values may rise, as a share");
        Line($"  least_share: {Number(new GateSettings().LeastShare)}        # least share of customers in any segment");
        Line($"  most_moved: {Number(new GateSettings().MostMoved)}          # most customers that may move to another segment, as a share");
        Line("drift:                     # when customers count as drifted from those that the champion was learnt from");
        Line($"  share: {Number(new DriftSettings().Share)}               # least share of the features that must have");
        Line($"  significance: {Number(new DriftSettings().Significance)}       # of a feature, adjusted for their number; for models learnt from up to 1,000 customers");
        Line($"  distance: {Number(new DriftSettings().Distance)}            # of a feature, in standard deviations or of shares; for models learnt from more");
        Line("# alerts:                  # who is told of failed and crashed runs, drift, and another champion; try it: clientele alerts test");
        Line("#   - name: team");
        Line("#     kind: slack          # webhook, slack, telegram, email");
        Line("#     on: [failure, drift, promotion]");
        Line("#     url: https://example.com/hook   # http or https; smtp://user@host:587 for email");
        Line("#     secret_env: TEAM_SECRET # variable with the webhook's key, Slack's address, Telegram's token, the mail password; or secret_file: PATH");
        Line("#     chat: \"-1001234\"     # telegram");
        Line("#     from: a@example.com  # email, with to: [b@example.com], starttls: true");
        Line("#     allow_private: false # whether the address may lead to a private network");
        return yaml.ToString();

        void Line(string text) => yaml.Append(text).Append('\n');
        void Field(string key, string? value, string comment)
        {
            if (value is null && !unmapped.Contains(key))
                Line($"  # {(key + ":").PadRight(22)} # {comment}");
            else
                Line($"  {$"{key}: {value}".PadRight(24)} # {comment}");
        }
    }

    private static string? Known(string? column) => string.IsNullOrEmpty(column) ? null : Quote(column);
    private static string Flag(bool value) => value ? "true" : "false";
    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
    private static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(Quote))}]";
    private static string DateOrderName(DateOrder order) => order switch { DateOrder.DayFirst => "day-first", DateOrder.MonthFirst => "month-first", _ => "iso" };

    // Plain where YAML reads it back as it stands, else double-quoted.
    private static string Quote(string text) =>
        text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or ' ' or '.' or '/' or '-') && text[^1] != ' '
            && text is not ("true" or "false" or "yes" or "no" or "on" or "off" or "null")
            ? text
            : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";
}
