import { Link, useParams } from "react-router";
import { useApi } from "../../api/use";
import { Page, Panel } from "../../parts/Page";
import { Await } from "../../parts/States";
import { useText } from "../../text";
import { RecordView } from "./RecordView";
import "./ledger.css";

export function Component() {
  const { t, name } = useText();
  const { type = "", id = "" } = useParams();
  const record = useApi("record", [type, id]);
  const list = useApi("ledgers", []);
  const def = record.data?.type ?? list.data?.find((l) => l.code === type);
  return (
    <Page
      title={record.data?.title || record.data?.number || t("record.title")}
      sub={def && <Link to={`/ledgers/${type}`}>{name(def)}</Link>}
    >
      <Panel className="record-page">
        <Await of={record} rows={10}>
          {(r) => (def ? <RecordView record={r} type={def} /> : null)}
        </Await>
      </Panel>
    </Page>
  );
}
