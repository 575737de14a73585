import { Link } from "react-router";
import { useApi } from "../../api/use";
import { Page, Panel } from "../../parts/Page";
import { Await, Empty } from "../../parts/States";
import { useText } from "../../text";

/** The official documents that can be drawn up (报告). */
export function Component() {
  const { t, name } = useText();
  const asked = useApi("reports", []);
  return (
    <Page title={t("report.list")}>
      <Panel flush>
        <Await of={asked} rows={4}>
          {(all) =>
            all.length === 0 ? (
              <Empty title={t("report.none")} />
            ) : (
              <ul className="tasks">
                {all.map((r) => (
                  <li key={r.code}>
                    <Link to={`/reports/${r.code}`}>{name(r)}</Link>
                  </li>
                ))}
              </ul>
            )
          }
        </Await>
      </Panel>
    </Page>
  );
}
