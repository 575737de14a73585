import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { Button, DatePicker, Dropdown } from "antd";
import dayjs from "dayjs";
import { useCallback, useState } from "react";
import { useParams } from "react-router";
import { api } from "../../api/client";
import type { Report as ReportData } from "../../api/types";
import { useApi } from "../../api/use";
import { useFilters } from "../../lib/use";
import { KnownAt } from "../../parts/KnownAt";
import { useOpener } from "../../parts/opener";
import { Page } from "../../parts/Page";
import { Paper } from "../../parts/Paper";
import { PeriodPicker } from "../../parts/PeriodPicker";
import { Await } from "../../parts/States";
import { useText } from "../../text";
import { can, useMe } from "../shell/me";
import { IssueDialog } from "./IssueDialog";
import { ReportRail } from "./ReportRail";
import "./report.css";

/** One report: the paper as it prints, every figure of it open to its sources; a rail tells what is missing. */
export function Component() {
  const { t } = useText();
  const me = useMe();
  const { code = "" } = useParams();
  const [f, set] = useFilters("period", "as_of", "known");
  const [issuing, setIssuing] = useState(false);
  // The year that has statistics, up to its last day when it is over.
  const period = f.period || me.stat_period.slice(0, 4);
  const asOf = f.as_of || (period.slice(0, 4) < me.today.slice(0, 4) ? `${period.slice(0, 4)}-12-31` : me.today);
  const query = { period, as_of: asOf, known_at: f.known };
  const asked = useApi("report", [code, query]);
  const files = ["docx", "pdf", "html"] as const;
  return (
    <Page
      title={asked.data?.title ?? t("report.list")}
      fill
      bare
      extra={
        <span className="row wrap no-print">
          <KnownAt value={f.known} onChange={(known) => set({ known })} />
          <PeriodPicker value={period} until={me.today} onChange={(p) => set({ period: p })} />
          <DatePicker
            allowClear={false}
            aria-label={t("report.asOf")}
            value={dayjs(asOf)}
            onChange={(d) => d && set({ as_of: d.format("YYYY-MM-DD") })}
          />
          <Dropdown
            menu={{
              items: files.map((k) => ({ key: k, label: <a href={api.reportFile(code, k, query)}>{k.toUpperCase()}</a> })),
            }}
          >
            <Button icon={<DownloadOutlined />}>{t("report.download")}</Button>
          </Dropdown>
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t("list.print")}
          </Button>
          {can(me, "report.issue") && (
            <Button type="primary" disabled={!asked.data || Boolean(f.known)} onClick={() => setIssuing(true)}>
              {t("report.issue")}
            </Button>
          )}
        </span>
      }
    >
      <Await of={asked} rows={16}>
        {(r) => <Desk of={r} known={f.known} />}
      </Await>
      {issuing && asked.data && <IssueDialog report={asked.data} period={period} asOf={asOf} onClose={() => setIssuing(false)} />}
    </Page>
  );
}

function Desk({ of: r, known }: { of: ReportData; known: string }) {
  const open = useOpener();
  const [lit, setLit] = useState<string>();
  const figure = useCallback(
    (code: string, id: string) => {
      const f = r.figures.find((x) => x.id === id);
      setLit(id || code);
      open.figure({ code, known, scope: f?.scope ?? "", period: f?.period ?? "" });
    },
    [r, known, open],
  );
  return (
    <div className="panel panel-fill report">
      <div className="report-paper" id="paper">
        <Paper html={r.html} onFigure={figure} lit={lit} />
      </div>
      <ReportRail of={r} onFigure={(code) => setLit(r.figures.find((x) => x.code === code)?.id ?? code)} />
    </div>
  );
}
