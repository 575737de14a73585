import { Link } from "react-router";
import type { LedgerEntry } from "../../api/types";
import { useApi } from "../../api/use";
import { Page, Panel } from "../../parts/Page";
import { Await, Empty } from "../../parts/States";
import { useText } from "../../text";
import "./ledger.css";

/** Every ledger, by the office that keeps it, with what is open and late. */
export function Component() {
  const { t } = useText();
  const asked = useApi("ledgers", []);
  return (
    <Page
      title={t("ledger.title")}
      sub={asked.data && <span className="tab">{t("ledger.count", { n: asked.data.length })}</span>}
    >
      <Await of={asked} rows={8}>
        {(all) =>
          all.length === 0 ? (
            <Panel>
              <Empty title={t("ledger.noTypes")} hint={t("ledger.noTypesHint")} />
            </Panel>
          ) : (
            <div className="stack">
              {[...new Set(all.map((l) => l.office_name || l.office || ""))].map((office) => (
                <Panel key={office} title={office || t("ledger.noOffice")} flush>
                  <Office ledgers={all.filter((l) => (l.office_name || l.office || "") === office)} />
                </Panel>
              ))}
            </div>
          )
        }
      </Await>
    </Page>
  );
}

function Office({ ledgers }: { ledgers: LedgerEntry[] }) {
  const { t, name } = useText();
  return (
    <table className="mini ledger-index">
      <thead>
        <tr>
          <th scope="col">{t("ledger.name")}</th>
          <th scope="col" className="num">
            {t("ledger.records")}
          </th>
          <th scope="col" className="num">
            {t("ledger.open")}
          </th>
          <th scope="col" className="num">
            {t("ledger.late")}
          </th>
        </tr>
      </thead>
      <tbody>
        {ledgers.map((l) => (
          <tr key={l.code}>
            <td>
              <span className="row">
                <Link to={`/ledgers/${l.code}`}>{name(l)}</Link>
                {l.first && <span className="tag">{t("ledger.first")}</span>}
              </span>
            </td>
            <td className="num">{l.records}</td>
            <td className="num">{l.open}</td>
            <td className={`num ${l.late ? "late" : ""}`}>{l.late}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
