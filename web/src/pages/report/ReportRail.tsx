import { Segmented } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "../../api/client";
import type { Issue, Report } from "../../api/types";
import { useApi } from "../../api/use";
import { clock } from "../../lib/period";
import { useOpener } from "../../parts/opener";
import { Await, Empty } from "../../parts/States";
import { useText } from "../../text";
import { short } from "../indicator/Facts";

/** ReportRail tells of the paper beside it: outline, what is missing by provider, warnings, issues and what changed since. */
export function ReportRail({ of: r, onFigure }: { of: Report; onFigure: (code: string) => void }) {
  const { t } = useText();
  const [tab, setTab] = useState("outline");
  const jump = (id: string) => document.getElementById(id)?.scrollIntoView({ block: "start", behavior: "smooth" });
  const outline = (
    <ul className="outline">
      {(r.outline ?? []).map((o) => (
        <li key={o.id} style={{ paddingLeft: Math.max(0, o.level - 1) * 14 }}>
          <button type="button" className="plain" onClick={() => jump(o.id)}>
            {o.text}
          </button>
        </li>
      ))}
    </ul>
  );
  const items = [
    { key: "outline", label: t("report.outline"), children: outline },
    { key: "missing", label: `${t("report.missing")} ${r.missing.length}`, children: <Missing of={r} onFigure={onFigure} /> },
    { key: "warnings", label: `${t("report.warnings")} ${r.warnings?.length ?? 0}`, children: <Warnings of={r} /> },
    { key: "issues", label: t("report.issues"), children: <Issues code={r.code} /> },
  ];
  const shown = items.find((x) => x.key === tab) ?? (items[0] as (typeof items)[number]);
  return (
    <aside className="report-rail no-print" aria-label={t("report.rail")}>
      <p className="cap tab report-counts">
        {t("report.counts", { n: r.figures.length, missing: r.figures.filter((f) => f.missing).length })}
        {r.known_at && ` · #${r.known_at.seq}`}
      </p>
      <Segmented
        block
        size="small"
        value={shown.key}
        onChange={setTab}
        options={items.map((x) => ({ value: x.key, label: x.label }))}
      />
      <div className="report-part">{shown.children}</div>
    </aside>
  );
}

function Missing({ of: r, onFigure }: { of: Report; onFigure: (code: string) => void }) {
  const { t } = useText();
  if (r.missing.length === 0) return <Empty title={t("report.noMissing")} />;
  const providers = [...new Set(r.missing.map((m) => m.provider_name || ""))];
  return (
    <div className="stack">
      {providers.map((p) => (
        <section key={p}>
          <h3>
            {p || t("given.ours")}{" "}
            <span className="cap tab">{r.missing.filter((m) => (m.provider_name || "") === p).length}</span>
          </h3>
          <ul>
            {r.missing
              .filter((m) => (m.provider_name || "") === p)
              .map((m) => (
                <li key={m.code}>
                  <button type="button" className="link" onClick={() => onFigure(m.code)}>
                    {m.name}
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
      <Link to={`/given?period=${encodeURIComponent(r.period)}`}>{t("report.askFor")}</Link>
    </div>
  );
}

function Warnings({ of: r }: { of: Report }) {
  const { t } = useText();
  if (!r.warnings?.length) return <Empty title={t("report.noWarnings")} />;
  return (
    <ul className="faults">
      {r.warnings.map((w) => (
        <li key={w.rule + w.message}>{w.message}</li>
      ))}
    </ul>
  );
}

function Issues({ code }: { code: string }) {
  const { t } = useText();
  const asked = useApi("issues", [code]);
  return (
    <Await of={asked} rows={4}>
      {(all) =>
        all.length === 0 ? (
          <Empty title={t("report.noIssues")} hint={t("report.noIssuesHint")} />
        ) : (
          <ul className="stack issues">
            {all.map((i, n) => (
              <li key={i.id}>
                <strong>{i.number || i.title}</strong>
                <div className="cap tab">
                  {clock(i.issued_at)} · {i.by}
                </div>
                <div className="cap">
                  <code title={i.digest}>{short(i.digest)}</code>
                </div>
                <div className="row wrap" style={{ gap: 12 }}>
                  <a href={api.issueFile(i.id)}>DOCX</a>
                  <Reproduce of={i} />
                </div>
                <Changed of={i} open={n === 0} />
              </li>
            ))}
          </ul>
        )
      }
    </Await>
  );
}

/** Reproduce makes an issued report again from what was known then and says whether it is the same, byte for byte. */
function Reproduce({ of }: { of: Issue }) {
  const { t } = useText();
  const [said, setSaid] = useState("");
  const run = async () => {
    setSaid(t("state.loading"));
    try {
      const r = await api.reproduce(of.id);
      setSaid(r.equal ? t("report.equal") : t("report.differs", { n: r.differences?.length ?? 0 }));
    } catch (e) {
      setSaid((e as Error).message);
    }
  };
  return (
    <>
      <button type="button" className="link" onClick={run}>
        {t("report.reproduce")}
      </button>
      {said && (
        <span className="cap" role="status">
          {said}
        </span>
      )}
    </>
  );
}

function Changed({ of, open: start }: { of: Issue; open: boolean }) {
  const { t } = useText();
  const opener = useOpener();
  const [open, setOpen] = useState(start);
  const asked = useApi("issueDiff", [of.id], { on: open });
  if (!open)
    return (
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {t("report.changed")}
      </button>
    );
  return (
    <Await of={asked} rows={2}>
      {(d) => (
        <>
          <h3>{t("report.changedN", { n: d.changes.length })}</h3>
          <ul className="changed">
            {d.changes.map((c) => (
              <li key={c.code}>
                <button type="button" className="link" onClick={() => opener.figure({ code: c.code })}>
                  {c.name}
                </button>
                <span className="tab">
                  {c.then || "—"} → {c.now || "—"}
                </span>
                {c.why && <span className="cap">{c.why}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
    </Await>
  );
}
