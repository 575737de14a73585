import { Drawer } from "antd";
import { Link } from "react-router";
import { useApi } from "../../api/use";
import { Await } from "../../parts/States";
import { useText } from "../../text";
import { RecordView } from "./RecordView";
import "./ledger.css";

/** RecordDrawer shows one record over its list; the same view has a page of its own. */
export default function RecordDrawer({ type, id, onClose }: { type: string; id: string; onClose: () => void }) {
  const { t } = useText();
  const record = useApi("record", [type, id]);
  const list = useApi("ledgers", []);
  const def = record.data?.type ?? list.data?.find((l) => l.code === type);
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={
        <span className="ellipsis record-drawer-title">{record.data?.title || record.data?.number || t("record.title")}</span>
      }
      extra={<Link to={`/ledgers/${type}/${encodeURIComponent(id)}`}>{t("record.full")}</Link>}
    >
      <Await of={record} rows={10}>
        {(r) => (def ? <RecordView record={r} type={def} /> : null)}
      </Await>
    </Drawer>
  );
}
