import { Select } from "antd";
import { useText } from "../../text";
import { useMe } from "../shell/me";
import { useApi } from "../../api/use";

/** ScopePicker chooses what a figure covers: the county or one of its parks. */
export function ScopePicker({ value, onChange }: { value: string; onChange: (scope: string) => void }) {
  const { t } = useText();
  const me = useMe();
  const parks = useApi("register", ["park"]);
  const options = [
    { value: "", label: me.county.short_name || me.county.name },
    ...(parks.data?.rows ?? []).map((p) => ({ value: `park:${p.id}`, label: p.title })),
  ];
  if (value && !options.some((o) => o.value === value)) options.push({ value, label: value });
  return <Select aria-label={t("figure.scope")} style={{ minWidth: 132 }} value={value} onChange={onChange} options={options} />;
}
