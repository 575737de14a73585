import { DatePicker, Form, Input, Modal, Select } from "antd";
import dayjs from "dayjs";
import { api, Problem } from "../../api/client";
import type { GivenRow } from "../../api/types";
import { useDo } from "../../api/use";
import { read } from "../../lib/number";
import { say } from "../../lib/period";
import { Evidence } from "../../parts/Evidence";
import { Faults } from "../../parts/Faults";
import { useText } from "../../text";
import { useMe } from "../shell/me";
import { tools } from "../shell/tools";

/** The stages a published figure goes through, in their official words; the server knows no others. */
const stages = ["预计", "快报", "直报副本", "反馈", "年报核定"];

interface Given {
  value: string;
  on: dayjs.Dayjs;
  stage: string;
  document: string;
  files?: string[];
  reason?: string;
}

/** GiveDialog enters a figure another office gave, with the document that carries it. */
export function GiveDialog({ row, period, onClose }: { row: GivenRow; period: string; onClose: () => void }) {
  const { t, lang } = useText();
  const me = useMe();
  const [form] = Form.useForm<Given>();
  const again = row.state !== "missing";
  const give = useDo(
    (v: Given) =>
      api.give({
        indicator: row.indicator,
        scope: row.scope,
        period: row.period || period,
        provider: row.provider,
        value: read(v.value) ?? v.value,
        on: v.on.format("YYYY-MM-DD"),
        stage: v.stage,
        document: v.document.trim(),
        files: v.files ?? [],
        reason: v.reason?.trim() || undefined,
      }),
    ["given", "figure", "report", "facts", "desk"],
    onClose,
  );
  const need = [{ required: true, message: t("wrong.need") }];
  return (
    <Modal
      open
      title={row.name}
      okText={t("form.save")}
      cancelText={t("form.cancel")}
      okButtonProps={{ loading: give.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={560}
      destroyOnHidden
    >
      <p className="soft" style={{ marginBottom: 12 }}>
        {row.provider_name} · {say(row.period || period, lang)}
      </p>
      <Faults problem={give.error instanceof Problem ? give.error : undefined} error={give.error} />
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ value: row.value, stage: row.stage || stages[3], document: row.document, on: dayjs(row.on || me.today) }}
        onFinish={(v) => give.mutate(v)}
      >
        <div className="schema-grid">
          <Form.Item
            name="value"
            label={`${t("fact.value")}（${row.unit}）`}
            rules={[
              ...need,
              { validator: (_, v: string) => (v && !read(v) ? Promise.reject(new Error(t("wrong.number"))) : Promise.resolve()) },
            ]}
          >
            <Input inputMode="decimal" className="num" autoFocus />
          </Form.Item>
          <Form.Item name="on" label={t("given.on")} rules={need}>
            <DatePicker style={{ width: "100%" }} allowClear={false} />
          </Form.Item>
          <Form.Item name="stage" label={t("given.stage")} rules={need}>
            <Select options={stages.map((s) => ({ value: s }))} />
          </Form.Item>
          <Form.Item
            name="document"
            label={t("given.document")}
            rules={[{ ...need[0], whitespace: true }]}
            extra={t("given.documentHint")}
          >
            <Input />
          </Form.Item>
          <Form.Item name="files" label={t("fill.evidence")} className="wide">
            <Evidence tools={tools} />
          </Form.Item>
          {again && (
            <Form.Item name="reason" label={t("record.correctWhy")} className="wide" rules={[{ ...need[0], whitespace: true }]}>
              <Input.TextArea autoSize={{ minRows: 2 }} />
            </Form.Item>
          )}
        </div>
      </Form>
    </Modal>
  );
}
