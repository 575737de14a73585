import { Checkbox, DatePicker, Form, type FormInstance, Input, Select } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useEffect, useState } from "react";
import type { Field, FileInfo, Option, Values } from "../api/types";
import { field as check } from "../lib/check";
import { read } from "../lib/number";
import { useLater } from "../lib/use";
import { useText } from "../text";
import { Evidence, type FileTools } from "./Evidence";
import "./schema-form.css";

export interface FormTools extends FileTools {
  /** lookup finds what a reference may point to. */
  lookup: (to: string, q: string) => Promise<Option[]>;
}
interface Props {
  fields: Field[];
  form: FormInstance;
  initial?: Values;
  need?: string[]; // asked for by this step, beside what is always asked for
  tools: FormTools;
  labels?: Record<string, string>; // readable text of what is there already
  files?: FileInfo[];
  onSubmit: (values: Values) => void;
  children?: ReactNode; // further items under the fields
}

/** SchemaForm is made from the fields of a type: two columns by section, every fault under its field. */
export function SchemaForm(p: Props) {
  const { t, name } = useText();
  const sections = [...new Set(p.fields.map((f) => f.section ?? ""))];
  const needed = (f: Field) => f.need || p.need?.includes(f.code) || false;
  const finish = (raw: Values) => {
    const faults = p.fields.flatMap((f) => {
      const s = check(f, raw[f.code], needed(f));
      return s ? [{ name: f.code, errors: [t(`wrong.${s.wrong}`, { limit: s.limit ?? "" })] }] : [];
    });
    p.form.setFields(p.fields.map((f) => faults.find((x) => x.name === f.code) ?? { name: f.code, errors: [] }));
    if (faults[0]) p.form.scrollToField(faults[0].name, { block: "center" });
    else p.onSubmit(plain(p.fields, raw));
  };
  return (
    <Form
      form={p.form}
      layout="vertical"
      initialValues={p.initial}
      onFinish={finish}
      className="schema-form"
      requiredMark={(label, { required }) => (
        <>
          {label}
          {required && (
            <b className="must" aria-hidden>
              *
            </b>
          )}
        </>
      )}
    >
      {sections.map((s) => (
        <fieldset key={s}>
          {s && sections.length > 1 && <legend>{s}</legend>}
          <div className="schema-grid">
            {p.fields
              .filter((f) => (f.section ?? "") === s)
              .map((f) => (
                <Form.Item
                  key={f.code}
                  name={f.code}
                  label={f.unit && f.type === "number" ? `${name(f)}（${f.unit}）` : name(f)}
                  required={needed(f)}
                  extra={f.hint}
                  className={wide(f) ? "wide" : ""}
                  {...binding(f)}
                >
                  <Widget f={f} tools={p.tools} label={p.labels?.[f.code]} files={p.files} />
                </Form.Item>
              ))}
          </div>
        </fieldset>
      ))}
      {p.children}
    </Form>
  );
}

const wide = (f: Field) => f.type === "note" || f.type === "files" || f.type === "texts";

/** plain leaves out what was not stated and writes numbers in their plain form. */
export function plain(fields: Field[], raw: Values): Values {
  const out: Values = {};
  for (const f of fields) {
    const v = raw[f.code];
    if (v === undefined || v === null || v === "") continue;
    out[f.code] = f.type === "number" ? (read(String(v)) ?? String(v)) : v;
  }
  return out;
}

function binding(f: Field) {
  if (f.type === "bool") return { valuePropName: "checked" };
  if (f.type !== "date") return {};
  return {
    getValueProps: (v?: string) => ({ value: v ? dayjs(v) : undefined }),
    normalize: (v: dayjs.Dayjs | null) => v?.format("YYYY-MM-DD"),
  };
}

function Widget({
  f,
  tools,
  label,
  files,
  ...bound
}: {
  f: Field;
  tools: FormTools;
  label?: string;
  files?: FileInfo[];
  value?: unknown;
  onChange?: (v: never) => void;
}) {
  const { t, name } = useText();
  const b = bound as Record<string, unknown>;
  const options = f.options?.map((o) => ({ value: o.code, label: name(o) }));
  switch (f.type) {
    case "note":
      return <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} {...b} />;
    case "number":
      return <Input inputMode="decimal" className="num" {...b} />;
    case "date":
      return <DatePicker style={{ width: "100%" }} placeholder="" {...b} />;
    case "bool":
      return <Checkbox {...b}>{t("form.yes")}</Checkbox>;
    case "files":
      return <Evidence tools={tools} known={files} {...b} />;
    case "enums":
      return <Select mode="multiple" options={options} optionFilterProp="label" {...b} />;
    case "texts":
    case "people":
      return <Select mode="tags" tokenSeparators={["、", ",", "，", " "]} open={false} suffixIcon={null} {...b} />;
  }
  if (options?.length) return <Select allowClear showSearch options={options} optionFilterProp="label" {...b} />;
  const to = f.type === "ref" ? f.to : f.type === "credit_code" ? f.type : undefined;
  if (to) return <Lookup to={to} tools={tools} label={label} {...b} />;
  return <Input {...b} />;
}

/** Lookup is a reference to something that exists, found by a few letters of its name. */
function Lookup({
  to,
  tools,
  label,
  value,
  onChange,
  id,
}: {
  to: string;
  tools: FormTools;
  label?: string;
  value?: string;
  onChange?: (v: string) => void;
  id?: string;
}) {
  const { name } = useText();
  const [q, setQ] = useState("");
  const asked = useLater(q);
  const [found, setFound] = useState<Option[]>([]);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    let gone = false;
    if (open)
      tools.lookup(to, asked).then(
        (o) => !gone && setFound(o),
        () => !gone && setFound([]),
      );
    return () => {
      gone = true;
    };
  }, [asked, open, to, tools]);
  const options = found.map((o) => ({ value: o.code, label: name(o) }));
  if (value && !found.some((o) => o.code === value)) options.unshift({ value, label: label || value });
  return (
    <Select
      id={id}
      showSearch
      allowClear
      filterOption={false}
      value={value || undefined}
      onChange={onChange}
      onSearch={setQ}
      onOpenChange={setOpen}
      options={options}
    />
  );
}
