import { Select } from "antd";
import { choices, parse, say } from "../lib/period";
import { useText } from "../text";

/** PeriodPicker chooses one of the given periods, or, without any, a span of a year. */
export function PeriodPicker({
  value,
  onChange,
  options,
  until,
}: {
  value: string;
  onChange: (period: string) => void;
  options?: string[];
  until?: string;
}) {
  const { t, lang } = useText();
  if (options) {
    return (
      <Select
        aria-label={t("period.label")}
        className="tab"
        style={{ minWidth: 128 }}
        value={value || undefined}
        onChange={onChange}
        showSearch
        optionFilterProp="label"
        options={options.map((p) => ({ value: p, label: say(p, lang) }))}
      />
    );
  }
  const year = parse(value)?.year ?? Number((until ?? "").slice(0, 4));
  const newest = Number((until ?? value).slice(0, 4)) || year;
  const years = Array.from({ length: 6 }, (_, i) => newest - i);
  const list = choices(year);
  if (value && !list.includes(value)) list.unshift(value);
  return (
    <span className="row">
      <Select
        aria-label={t("period.year")}
        className="tab"
        style={{ width: 84 }}
        value={year}
        onChange={(y: number) => onChange(String(y) + value.slice(4))}
        options={years.map((y) => ({ value: y, label: String(y) }))}
      />
      <Select
        aria-label={t("period.label")}
        className="tab"
        style={{ minWidth: 128 }}
        value={value || undefined}
        onChange={onChange}
        options={list.map((p) => ({ value: p, label: say(p, lang) }))}
      />
    </span>
  );
}
