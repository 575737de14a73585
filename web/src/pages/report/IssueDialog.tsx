import { Alert, Form, Input, Modal } from "antd";
import { api, Problem } from "../../api/client";
import type { Report } from "../../api/types";
import { useDo } from "../../api/use";
import { say } from "../../lib/period";
import { Faults } from "../../parts/Faults";
import { useText } from "../../text";

/** IssueDialog issues a report under a number; from then on it can be made again as it was. */
export function IssueDialog({
  report,
  period,
  asOf,
  onClose,
}: {
  report: Report;
  period: string;
  asOf: string;
  onClose: () => void;
}) {
  const { t, lang } = useText();
  const [form] = Form.useForm<{ number: string }>();
  const issue = useDo(
    (v: { number: string }) => api.issue(report.code, { period, as_of: asOf, number: v.number.trim() }),
    ["issues", "audit"],
    onClose,
  );
  const missing = report.figures.filter((f) => f.missing).length;
  return (
    <Modal
      open
      title={t("report.issueTitle", { title: report.title })}
      okText={t("report.issue")}
      cancelText={t("form.cancel")}
      okButtonProps={{ loading: issue.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <Faults problem={issue.error instanceof Problem ? issue.error : undefined} error={issue.error} />
      <p className="soft" style={{ marginBottom: 12 }}>
        {t("report.issueHint", { period: say(period, lang), day: asOf })}
      </p>
      {missing > 0 && (
        <Alert type="warning" showIcon title={t("report.issueMissing", { n: missing })} style={{ marginBottom: 16 }} />
      )}
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(v) => issue.mutate(v)}>
        <Form.Item
          name="number"
          label={t("report.number")}
          rules={[{ required: true, whitespace: true, message: t("wrong.need") }]}
        >
          <Input autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}
