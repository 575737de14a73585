import { Link, Navigate, useParams } from "react-router";
import type { FormDef } from "../../api/types";
import { useApi } from "../../api/use";
import { say } from "../../lib/period";
import { Page, Panel } from "../../parts/Page";
import { Await, Empty } from "../../parts/States";
import { Scroll } from "../../parts/Scroll";
import { useText } from "../../text";

/** The forms in use; a form without a period goes on to its newest. */
export function Component() {
  const { t } = useText();
  const { form } = useParams();
  const asked = useApi("forms", []);
  const newest = asked.data?.find((f) => f.code === form)?.periods?.[0];
  if (form && newest) return <Navigate to={`/survey/${form}/${newest}`} replace />;
  return (
    <Page title={t("survey.title")}>
      <Panel flush>
        <Await of={asked} rows={5}>
          {(forms) =>
            forms.length === 0 ? <Empty title={t("survey.noForms")} hint={t("survey.noFormsHint")} /> : <List forms={forms} />
          }
        </Await>
      </Panel>
    </Page>
  );
}

function List({ forms }: { forms: FormDef[] }) {
  const { t, name, lang } = useText();
  return (
    <Scroll label={t("survey.title")}>
      <table className="mini">
        <thead>
          <tr>
            <th scope="col">{t("survey.form")}</th>
            <th scope="col">{t("survey.number")}</th>
            <th scope="col">{t("survey.approval")}</th>
            <th scope="col">{t("survey.validUntil")}</th>
            <th scope="col">{t("survey.newest")}</th>
          </tr>
        </thead>
        <tbody>
          {forms.map((f) => (
            <tr key={f.code}>
              <td>
                {f.periods?.[0] ? <Link to={`/survey/${f.code}/${f.periods[0]}`}>{name(f)}</Link> : name(f)}{" "}
                {f.copy && <span className="tag">{t("survey.copy")}</span>}
              </td>
              <td className="tab">{f.number}</td>
              <td>{[f.authority, f.approval].filter(Boolean).join(" ")}</td>
              <td className={`tab ${f.expired ? "late" : ""}`}>
                {f.valid_until} {f.expired && t("survey.expired")}
              </td>
              <td className="tab">{f.periods?.[0] && say(f.periods[0], lang)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
