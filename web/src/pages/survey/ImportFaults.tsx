import { Alert } from "antd";
import type { PlaceFault } from "../../api/types";
import { useText } from "../../text";

/** ImportFaults lists what could not be taken from a file, by cell; the rest was stored. */
export function ImportFaults({ faults, onClose }: { faults: PlaceFault[]; onClose: () => void }) {
  const { t } = useText();
  return (
    <Alert
      type="warning"
      showIcon
      closable={{ onClose }}
      title={t("import.faults", { n: faults.length })}
      description={
        <ul style={{ maxHeight: 180, overflow: "auto" }}>
          {faults.map((f) => (
            <li key={f.place + f.message}>
              <strong className="tab">{f.place}</strong> {f.message}
            </li>
          ))}
        </ul>
      }
    />
  );
}
