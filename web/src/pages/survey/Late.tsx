import { CopyOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { Link } from "react-router";
import type { FormPeriod, ReturnRow } from "../../api/types";
import { copy } from "../../lib/use";
import { State } from "../../parts/State";
import { Empty } from "../../parts/States";
import { useText } from "../../text";
import { stateTone } from "./state";

/** Late is who has not handed in, whom to call, and the text to send them. */
export function Late({ data, rows, onFill }: { data: FormPeriod; rows: ReturnRow[]; onFill: (enterprise: string) => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  if (rows.length === 0) return <Empty title={t("survey.allIn")} hint={t("survey.allInHint")} />;
  return (
    <div className="survey-late">
      <div className="scroll-y">
        <table className="mini">
          <thead>
            <tr>
              <th scope="col">{t("enterprise.name")}</th>
              <th scope="col">{t("record.state")}</th>
              <th scope="col" className="num">
                {t("survey.lateDays")}
              </th>
              <th scope="col">{t("survey.contactHead")}</th>
              <th scope="col">{t("enterprise.park")}</th>
              <th scope="col">{t("list.actions")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.enterprise}>
                <td>
                  <Link to={`/enterprises/${r.enterprise}`}>{r.name}</Link>
                </td>
                <td>
                  <State name={t(`return.${r.state}`)} tone={stateTone(r.state)} />
                </td>
                <td className={`num ${r.days_late ? "late" : ""}`}>{r.days_late || ""}</td>
                <td className="tab">{r.contact}</td>
                <td>{r.park}</td>
                <td>
                  <button type="button" className="link" onClick={() => onFill(r.enterprise)}>
                    {t("survey.fillFor")}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.remind && (
        <section className="remind no-print">
          <h2>{t("survey.remind")}</h2>
          <p className="remind-text">{data.remind}</p>
          <Button icon={<CopyOutlined />} onClick={() => copy(data.remind ?? "").then(() => message.success(t("figure.copied")))}>
            {t("survey.copyText")}
          </Button>
        </section>
      )}
    </div>
  );
}
