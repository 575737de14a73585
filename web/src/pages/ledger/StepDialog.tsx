import { DatePicker, Form, Input, Modal } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { api, Problem } from "../../api/client";
import type { OpenStep, RecordDetail, TypeDef, Values } from "../../api/types";
import { useDo } from "../../api/use";
import { Evidence } from "../../parts/Evidence";
import { Faults } from "../../parts/Faults";
import { SchemaForm } from "../../parts/SchemaForm";
import { useText } from "../../text";
import { useMe } from "../shell/me";
import { tools } from "../shell/tools";

/** StepDialog takes a step: it asks for the fields that the step needs, a reason to go back, a photo when signed on paper. */
export function StepDialog({
  record,
  type,
  step,
  onClose,
}: {
  record: RecordDetail;
  type: TypeDef;
  step: OpenStep;
  onClose: () => void;
}) {
  const { t, name } = useText();
  const me = useMe();
  const [form] = Form.useForm();
  const [reason, setReason] = useState("");
  const [paper, setPaper] = useState<string[]>([]);
  const [day, setDay] = useState(me.today);
  const [lacking, setLacking] = useState("");
  const fields = type.fields.filter((f) => step.need?.includes(f.code));
  const take = useDo(
    (values: Values) =>
      api.takeStep(type.code, record.id, step.code, {
        values,
        based_on: record.version,
        reason: reason.trim() || undefined,
        paper: paper.length ? paper : undefined,
        effective_on: day,
      }),
    ["record", "ledger", "ledgers", "desk", "enterprise", "me"],
    onClose,
  );
  const submit = (values: Values) => {
    if (step.back && !reason.trim()) return setLacking(t("step.reasonNeeded"));
    setLacking("");
    take.mutate(values);
  };
  return (
    <Modal
      open
      title={name(step)}
      okText={name(step)}
      okButtonProps={{ danger: step.back, loading: take.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      cancelText={t("form.cancel")}
      width={560}
      destroyOnHidden
    >
      <Faults problem={take.error instanceof Problem ? take.error : undefined} error={take.error} />
      <SchemaForm
        fields={fields}
        form={form}
        need={step.need ?? []}
        tools={tools}
        initial={record.values}
        labels={record.shown}
        files={record.files}
        onSubmit={submit}
      >
        <div className="schema-grid">
          <Form.Item label={t("step.on")}>
            <DatePicker
              style={{ width: "100%" }}
              allowClear={false}
              value={dayjs(day)}
              onChange={(d) => d && setDay(d.format("YYYY-MM-DD"))}
            />
          </Form.Item>
          <Form.Item
            className="wide"
            label={t("step.reason")}
            required={step.back}
            validateStatus={lacking ? "error" : undefined}
            help={lacking || undefined}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} value={reason} onChange={(e) => setReason(e.target.value)} />
          </Form.Item>
          {step.paper && (
            <Form.Item className="wide" label={t("step.paper")} extra={t("step.paperHint")}>
              <Evidence tools={tools} value={paper} onChange={setPaper} />
            </Form.Item>
          )}
        </div>
      </SchemaForm>
    </Modal>
  );
}
