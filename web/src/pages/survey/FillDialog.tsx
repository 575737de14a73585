import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import type { SubmitBody } from "../../api/client";
import { Evidence } from "../../parts/Evidence";
import { useText } from "../../text";
import { tools } from "../shell/tools";

type Extra = Pick<SubmitBody, "reason" | "fill_for">;
interface Props {
  title: string;
  names: string[];
  fill: boolean; // by a clerk for the enterprise (代填)
  correct: boolean; // over a return that was handed in already
  onClose: () => void;
  onSubmit: (extra: Extra) => Promise<void>;
}

/** FillDialog asks who told the figures and how, so that a return filled in by the bureau can be proved. */
export function FillDialog({ title, names, fill, correct, onClose, onSubmit }: Props) {
  const { t } = useText();
  const [form] = Form.useForm<{ informant: string; how: string; reason?: string; evidence?: string[] }>();
  const [busy, setBusy] = useState(false);
  const hows = ["phone", "wechat", "paper", "visit", "copy"] as const;
  const need = [{ required: true, whitespace: true, message: t("wrong.need") }];
  return (
    <Modal
      open
      title={t(fill ? "fill.title" : "fill.submit", { form: title })}
      okText={names.length > 1 ? t("survey.submitN", { n: names.length }) : t("survey.submit")}
      cancelText={t("form.cancel")}
      okButtonProps={{ loading: busy }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="soft" style={{ marginBottom: 12 }}>
        {names.slice(0, 5).join("、")}
        {names.length > 5 && t("fill.andMore", { n: names.length })}
      </p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{ how: t("how.phone") }}
        onFinish={async (v) => {
          setBusy(true);
          await onSubmit({
            reason: v.reason?.trim() || undefined,
            fill_for: fill ? { informant: v.informant.trim(), how: v.how, evidence: v.evidence ?? [] } : undefined,
          });
          setBusy(false);
        }}
      >
        {fill && (
          <>
            <Form.Item name="informant" label={t("fill.informant")} rules={need} extra={t("fill.informantHint")}>
              <Input autoFocus />
            </Form.Item>
            <Form.Item name="how" label={t("fill.how")} rules={need}>
              <Select options={hows.map((h) => ({ value: t(`how.${h}`) }))} />
            </Form.Item>
            <Form.Item name="evidence" label={t("fill.evidence")} extra={t("fill.evidenceHint")}>
              <Evidence tools={tools} />
            </Form.Item>
          </>
        )}
        {correct && (
          <Form.Item name="reason" label={t("record.correctWhy")} rules={need}>
            <Input.TextArea autoSize={{ minRows: 2 }} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
