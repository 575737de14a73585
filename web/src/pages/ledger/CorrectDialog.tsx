import { Form, Input, Modal } from "antd";
import { useState } from "react";
import { api, Problem } from "../../api/client";
import type { RecordDetail, TypeDef, Values } from "../../api/types";
import { useDo } from "../../api/use";
import { Faults } from "../../parts/Faults";
import { SchemaForm } from "../../parts/SchemaForm";
import { useText } from "../../text";
import { tools } from "../shell/tools";

/** CorrectDialog puts a record right without moving it: a new version with the reason; the old one stays. */
export function CorrectDialog({ record, type, onClose }: { record: RecordDetail; type: TypeDef; onClose: () => void }) {
  const { t } = useText();
  const [form] = Form.useForm();
  const [reason, setReason] = useState("");
  const [lacking, setLacking] = useState("");
  const put = useDo(
    (values: Values) => api.correct(type.code, record.id, { values, based_on: record.version, reason: reason.trim() }),
    ["record", "ledger", "enterprise"],
    onClose,
  );
  const submit = (values: Values) => (reason.trim() ? put.mutate(values) : setLacking(t("step.reasonNeeded")));
  return (
    <Modal
      open
      title={t("record.correct")}
      okText={t("form.save")}
      cancelText={t("form.cancel")}
      okButtonProps={{ loading: put.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={600}
      destroyOnHidden
    >
      <Faults problem={put.error instanceof Problem ? put.error : undefined} error={put.error} />
      <SchemaForm
        fields={type.fields}
        form={form}
        tools={tools}
        initial={record.values}
        labels={record.shown}
        files={record.files}
        onSubmit={submit}
      >
        <Form.Item
          label={t("record.correctWhy")}
          required
          validateStatus={lacking ? "error" : undefined}
          help={lacking || undefined}
        >
          <Input.TextArea
            autoSize={{ minRows: 2 }}
            value={reason}
            onChange={(e) => {
              setReason(e.target.value);
              setLacking("");
            }}
          />
        </Form.Item>
      </SchemaForm>
    </Modal>
  );
}
