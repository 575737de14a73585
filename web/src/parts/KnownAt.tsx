import { HistoryOutlined } from "@ant-design/icons";
import { DatePicker, Segmented } from "antd";
import dayjs from "dayjs";
import { clock, instant } from "../lib/period";
import { useText } from "../text";

/** KnownAt switches between what is known now and what was known at a moment, in Beijing time. */
export function KnownAt({ value, onChange }: { value: string; onChange: (known: string) => void }) {
  const { t } = useText();
  const then = value !== "";
  return (
    <div className="row wrap">
      <Segmented
        size="small"
        value={then ? "then" : "now"}
        onChange={(v) => onChange(v === "now" ? "" : instant(`${dayjs().format("YYYY-MM-DD")} 00:00:00`))}
        options={[
          { value: "now", label: t("known.now") },
          { value: "then", label: t("known.then"), icon: <HistoryOutlined /> },
        ]}
      />
      {then && (
        <DatePicker
          size="small"
          showTime={{ format: "HH:mm" }}
          format="YYYY-MM-DD HH:mm"
          allowClear={false}
          aria-label={t("known.label")}
          value={/^\d+$/.test(value) ? undefined : dayjs(clock(value, true))}
          placeholder={/^\d+$/.test(value) ? `#${value}` : ""}
          onChange={(d) => d && onChange(instant(d.format("YYYY-MM-DD HH:mm:ss")))}
        />
      )}
    </div>
  );
}
